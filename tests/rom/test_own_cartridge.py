"""Live tests on a cartridge of the user's own: POKEMON_ROM=path make test-rom; skipped where none is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent_core.replay import replay
from agent_core.run import RunConfig, RunResult, play

ROM = os.environ.get("POKEMON_ROM", "")
TURNS = 1_000

pytestmark = pytest.mark.skipif(not ROM, reason="POKEMON_ROM names no cartridge of your own")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    return play(
        RunConfig(
            run_id="own",
            data_dir=tmp_path_factory.mktemp("data"),
            cartridge=Path(ROM),
            max_turns=TURNS,
            stop_at="viridian",
        )
    )


def test_a_starter_is_chosen_within_a_thousand_turns(run: RunResult) -> None:
    for reached in run.milestones:
        print(f"{reached.description}: turn {reached.turn}, frame {reached.frame}")  # noqa: T201  the figures people post
    assert run.party_count >= 1, f"stopped after {run.turns} turns on map {run.map_id}: {run.reason}"


def test_the_run_replays_exactly(run: RunResult) -> None:
    report = replay(run.telemetry, Path(ROM))
    assert report.hashes_checked > 0
    assert not report.mismatches
