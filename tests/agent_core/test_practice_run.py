"""The real player on the packaged practice cartridge, from power-on to the city."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from agent_core import run as run_module
from agent_core.replay import gif, replay
from agent_core.run import RunConfig, RunResult, play
from tests.agent_core.test_run import without_time

REPLAY = """
import json, pathlib, sys
from agent_core.replay import replay
report = replay(pathlib.Path(sys.argv[1]))
print(json.dumps([report.exact, report.hashes_checked, report.wram_hash]))
"""


def run(folder: Path, **options: object) -> RunConfig:
    values = {"run_id": "r", "data_dir": folder, "stop_at": "viridian", "max_turns": 1000} | options
    return RunConfig(**values)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    return play(run(tmp_path_factory.mktemp("whole")))


def test_the_city_is_reached_within_the_targets(whole: RunResult) -> None:
    turns = {one.milestone: one.turn for one in whole.milestones}
    assert whole.reason == "milestone"
    assert turns["rival_beaten"] <= 200
    assert turns["viridian"] <= 1000
    assert whole.intro_presses > 0


def test_a_replay_in_another_process_is_exact(whole: RunResult) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", REPLAY, str(whole.telemetry)]
    exact, checked, wram_hash = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=root).stdout)
    assert exact
    assert checked >= 5
    assert wram_hash == whole.wram_hash


def test_the_run_can_be_shown(whole: RunResult, tmp_path: Path) -> None:
    assert 10_000 < gif(whole.telemetry, tmp_path / "run.gif").stat().st_size < 1_000_000


def test_stopping_anywhere_and_going_on_changes_nothing(
    whole: RunResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "CHECKPOINT_FRAMES", 0)
    for turns in (1, 17, 40, 60, 33):
        calls = iter(range(turns))
        stopped = play(run(tmp_path, checkpoint_every=7), should_stop=lambda calls=calls: next(calls, None) is None)
        stopped.telemetry.write_bytes(stopped.telemetry.read_bytes()[:-turns])
    resumed = play(run(tmp_path, checkpoint_every=7))
    assert resumed.resumed
    assert without_time(resumed) == without_time(whole)
    assert resumed.wram_hash == whole.wram_hash


@pytest.mark.parametrize("seed", [7, 100])
def test_other_seeds_reach_the_city_by_other_presses(whole: RunResult, tmp_path: Path, seed: int) -> None:
    result = play(run(tmp_path, seed=seed))
    assert result.reason == "milestone"
    assert result.wram_hash != whole.wram_hash
    assert replay(result.telemetry).exact
