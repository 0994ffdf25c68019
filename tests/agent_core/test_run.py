from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_core import run as run_module
from agent_core.attempts import attempts
from agent_core.cartridge import CartridgeError
from agent_core.emulator import FRAMES_PER_SECOND, Emulator
from agent_core.genome import Genome
from agent_core.jsonl import JsonlFile, whole_lines
from agent_core.run import Progress, RunConfig, RunError, RunResult, play
from agent_core.telemetry import Decision, Event, Fitness, Milestone, Session, decode_line
from tests.agent_core.scripted_player import ScriptedPlayer

Play = Callable[..., RunResult]


def events_of(result: RunResult) -> list[Event]:
    return [decode_line(line) for line in whole_lines(result.telemetry)]


def without_time(result: RunResult) -> list[tuple[Any, ...]]:
    return [(event.seq, event.event_type, event.turn, event.frame, event.data) for event in events_of(result)]


def refusal(play_tiny: Play, **options: Any) -> str:
    with pytest.raises(RunError) as error:
        play_tiny(**options)
    assert str(error.value).endswith(".")
    return str(error.value)


def test_a_run_is_a_session_whose_events_are_numbered_without_gap(play_tiny: Play, tmp_path: Path) -> None:
    result = play_tiny()
    events = events_of(result)
    assert result.telemetry == tmp_path / "data" / "telemetry" / "game" / "r.1.jsonl"
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.event_id for event in events][:2] == ["r:1:1", "r:1:2"]
    start, end = events[0].data, events[-1].data
    assert isinstance(start, Session)
    assert isinstance(end, Session)
    assert isinstance(events[-2].data, Fitness)
    assert (start.phase, start.cartridge_title, start.seed, start.strategy) == ("start", "TINY", 0, "heuristic")
    assert start.genome == Genome().to_mapping()
    assert (end.phase, end.reason, end.wram_hash) == ("end", "max_turns", result.wram_hash)
    assert (end.presses, end.intro_presses, end.battles_won) == (result.presses, 3, result.battles_won)
    assert events[-2].data.turns == result.turns == 60


def test_turns_and_time_never_go_back_even_if_the_clock_does(play_tiny: Play) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    moments = iter(start + timedelta(seconds=second % 7) for second in range(100_000))
    events = events_of(play_tiny(clock=lambda: next(moments)))
    stamps = [event.occurred_at for event in events]
    assert stamps == sorted(stamps)
    assert len(set(stamps)) > 1
    turns = [event.turn for event in events]
    assert turns == sorted(turns)
    assert [event.turn for event in events if isinstance(event.data, Decision)][:3] == [0, 0, 0]


def test_the_same_configuration_gives_the_same_run(play_tiny: Play) -> None:
    first, second = play_tiny(run_id="a"), play_tiny(run_id="b")
    assert without_time(first) == without_time(second)
    assert first.wram_hash == second.wram_hash
    assert play_tiny(run_id="c", seed=5).wram_hash != first.wram_hash


def test_pictures_pace_and_progress_do_not_change_the_run(play_tiny: Play, tmp_path: Path) -> None:
    seen: list[Progress] = []
    plain = play_tiny(run_id="a")
    watched = play_tiny(run_id="b", screenshots_every=20, pace=100.0, progress=seen.append, checkpoint_every=1_000_000)
    assert without_time(plain) == without_time(watched)
    names = sorted(path.name for path in (tmp_path / "data" / "frames" / "b.1").iterdir())
    assert names == ["turn_000020.png", "turn_000040.png", "turn_000060.png"]
    assert watched.seconds >= watched.frames / FRAMES_PER_SECOND / 100.0
    last = seen[-1]
    assert (last.turns, last.presses, last.map_id) == (watched.turns, watched.presses, watched.map_id)
    assert (last.party_count, last.badges, last.milestones) == (2, 1, ("half",))
    assert last.frames_per_second > 0


def test_a_milestone_ends_the_run_and_stands_in_the_result(play_tiny: Play) -> None:
    result = play_tiny(stop_at="half")
    assert (result.reason, result.finished) == ("milestone", True)
    (reached,) = result.milestones
    event = next(event for event in events_of(result) if isinstance(event.data, Milestone))
    assert (reached.milestone, reached.description, reached.turn) == ("half", "Column 64", event.turn)
    assert (reached.frame, reached.presses, reached.seconds) == (event.frame, event.data.presses, event.data.seconds)


def test_a_player_that_gives_up_ends_the_run_with_its_reason_and_a_picture(play_tiny: Play, tmp_path: Path) -> None:
    class Quitter(ScriptedPlayer):
        def turn(self) -> None:
            super().turn()
            if self.turns == 7:
                self.status.stop_reason = "stuck"

    result = play_tiny(player=Quitter)
    assert (result.reason, result.finished, result.turns) == ("stuck", True, 7)
    assert (tmp_path / "data" / "frames" / "r.1" / "end.png").stat().st_size > 0


def test_a_finished_run_played_again_is_a_new_attempt(play_tiny: Play, tmp_path: Path) -> None:
    first, second = play_tiny(), play_tiny()
    assert (first.attempt, second.attempt, second.resumed) == (1, 2, False)
    assert [attempt.number for attempt in attempts(tmp_path / "data", "r")] == [1, 2]
    assert first.telemetry != second.telemetry
    assert without_time(first) == without_time(second)


def test_other_files_in_the_folder_are_no_attempts(play_tiny: Play, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "telemetry" / "game"
    folder.mkdir(parents=True)
    for name in ("r.jsonl", "r.x.jsonl", "r.2.jsonl.bak", "r.2.3.jsonl", "rr.4.jsonl", "r.0.jsonl"):
        (folder / name).write_text("")
    assert play_tiny().attempt == 1


def test_turns_in_the_hundreds_carry_a_hash(play_tiny: Play) -> None:
    events = events_of(play_tiny(max_turns=210))
    hashed = {
        event.turn
        for event in events
        if event.event_type in ("overworld", "decision", "battle") and event.data.wram_hash
    }
    assert hashed == {100, 200}


def test_sinks_get_every_event_after_it_is_on_disk(play_tiny: Play, tmp_path: Path) -> None:
    path = tmp_path / "data" / "telemetry" / "game" / "r.1.jsonl"

    class Watcher:
        lines = 0
        closed = False

        def emit(self, line: bytes, event: Event) -> None:
            self.lines += 1
            assert path.read_bytes().endswith(line + b"\n")
            assert event.seq == self.lines

        def close(self) -> None:
            self.closed = True

    sink = Watcher()
    result = play_tiny(sinks=[sink])
    assert sink.lines == len(events_of(result))
    assert sink.closed


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"run_id": "../x"}, "Run id '../x' is not usable"),
        ({"run_id": ""}, "is not usable"),
        ({"strategy": "luck"}, "no strategy 'luck'; known are heuristic, low, medium, high"),
        ({"strategy": "high"}, "needs an advisor"),
        ({"max_turns": 0}, "at least 1, not 0"),
        ({"max_turns": -5}, "at least 1, not -5"),
        ({"seed": -1}, "must not be negative"),
        ({"pace": 0.0}, "pace must be more than 0"),
        ({"pace": float("nan")}, "pace must be more than 0"),
        ({"checkpoint_every": 0}, "checkpoint_every must be at least 1"),
        ({"screenshots_every": 0}, "screenshots_every must be at least 1"),
    ],
)
def test_a_wrong_configuration_is_refused_before_anything_is_written(
    play_tiny: Play, tmp_path: Path, options: dict[str, Any], words: str
) -> None:
    assert words in refusal(play_tiny, **options)
    assert not (tmp_path / "data").exists()


def test_a_wrong_cartridge_is_refused_before_anything_is_written(play_tiny: Play, tmp_path: Path) -> None:
    with pytest.raises(CartridgeError):
        play_tiny(cartridge=tmp_path / "none.gb")
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_written_is_named(play_tiny: Play, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "data folder" in refusal(play_tiny, data_dir=tmp_path / "file")


def test_a_run_that_another_process_plays_is_refused(play_tiny: Play, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "telemetry" / "game"
    folder.mkdir(parents=True)
    file = JsonlFile(folder / "r.1.jsonl")
    assert "being played by another process" in refusal(play_tiny)
    file.close()
    assert play_tiny().attempt == 1


def test_a_full_disk_ends_the_run_with_a_sentence_and_a_later_play_goes_on(
    play_tiny: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = play_tiny(run_id="u")
    real_write, room = os.write, [6_000]

    def nearly_full(descriptor: int, text: bytes) -> int:
        part = text[: room[0]]
        room[0] -= len(part)
        if not part:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real_write(descriptor, part)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", nearly_full)
        assert "No space left on device" in refusal(play_tiny)
    path = tmp_path / "data" / "telemetry" / "game" / "r.1.jsonl"
    assert 5_000 < path.stat().st_size <= 6_000
    assert next(decode_line(line).seq for line in whole_lines(path)) == 1
    resumed = play_tiny()
    assert (resumed.attempt, resumed.resumed) == (1, True)
    assert without_time(resumed) == without_time(undisturbed)


def test_lines_that_cannot_be_made_safe_are_an_error(play_tiny: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    monkeypatch.setattr(os, "fsync", refuse)
    assert "Disk quota exceeded" in refusal(play_tiny)


def test_a_checkpoint_that_cannot_be_written_is_named(
    play_tiny: Play, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "data" / "telemetry" / "game" / "r.1.checkpoint").mkdir(parents=True)
    monkeypatch.setattr(run_module, "CHECKPOINT_FRAMES", 0)
    assert "checkpoint" in refusal(play_tiny)


def test_a_picture_that_cannot_be_written_is_named(play_tiny: Play, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "frames").write_text("a file where a folder should be")
    assert "turn_000005.png cannot be written" in refusal(play_tiny, screenshots_every=5)


def test_the_real_player_refuses_to_stop_at_an_unknown_milestone(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no milestone 'moon' to stop at; known are rival_beaten, viridian"):
        play(RunConfig(run_id="r", data_dir=tmp_path / "data", stop_at="moon"))
    assert not (tmp_path / "data").exists()


def test_the_version_of_something_not_installed_is_unknown() -> None:
    assert run_module._version("no-such-package-anywhere") == "unknown"


def test_the_player_itself_is_the_default(tiny: Path) -> None:
    from agent_core.player import Player

    assert run_module._default_player() is Player


def test_every_emulator_is_closed_again(play_tiny: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Emulator] = []
    real_close = Emulator.close
    monkeypatch.setattr(Emulator, "close", lambda self: (closed.append(self), real_close(self)))
    play_tiny()
    assert len(closed) == 1


def test_a_configuration_has_the_documented_defaults(tmp_path: Path) -> None:
    config = RunConfig(run_id="r", data_dir=tmp_path)
    assert (config.strategy, config.seed, config.max_turns, config.checkpoint_every) == ("heuristic", 0, 100_000, 2000)
    assert callable(play)
