from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from agent_core import replay as replay_module
from agent_core.emulator import Emulator
from agent_core.jsonl import whole_lines
from agent_core.replay import ReplayError, gif, replay
from agent_core.run import RunResult
from agent_core.telemetry import Backtrack, Event, decode_line, encode
from tests.agent_core.test_run import events_of
from tests.agent_core.tiny_rom import tiny_rom

Play = Callable[..., RunResult]

OTHER_PROCESS = """
import json, pathlib, sys
from agent_core import cartridge
from agent_core.replay import replay
cartridge.PRACTICE_PATH = pathlib.Path(sys.argv[1])
report = replay(pathlib.Path(sys.argv[2]))
print(json.dumps([report.exact, report.hashes_checked, report.restores, report.wram_hash, report.presses]))
"""


def refusal(call: Callable[..., Any], *arguments: Any, **options: Any) -> str:
    with pytest.raises(ReplayError) as error:
        call(*arguments, **options)
    assert str(error.value).endswith(".")
    return str(error.value)


def rewrite(path: Path, change: Callable[[list[Event]], None]) -> None:
    events = [decode_line(line) for line in whole_lines(path)]
    change(events)
    path.write_bytes(b"".join(encode(event) + b"\n" for event in events))


def test_a_replay_in_another_process_reproduces_every_hash(play_tiny: Play, tiny: Path) -> None:
    result = play_tiny(max_turns=400)
    recorded = [event for event in events_of(result) if getattr(event.data, "wram_hash", "")]
    restores = [event for event in events_of(result) if isinstance(event.data, Backtrack)]
    assert len({event.data.restored_frame for event in restores}) > 1
    printed = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS, str(tiny), str(result.telemetry)],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[2],
    ).stdout
    exact, checked, restored, wram_hash, presses = json.loads(printed)
    assert exact
    assert (checked, restored) == (len(recorded), len(restores))
    assert (wram_hash, presses) == (result.wram_hash, result.presses)


def test_a_report_says_what_was_played(play_tiny: Play) -> None:
    result = play_tiny()
    report = replay(result.telemetry)
    assert (report.run_id, report.attempt, report.turns, report.frame) == ("r", 1, 60, result.frames)
    assert report.finished
    assert report.events == len(events_of(result))


def test_a_replay_stops_at_the_end_of_a_turn_and_shows_it(play_tiny: Play, tmp_path: Path) -> None:
    result = play_tiny()
    picture = tmp_path / "pictures" / "turn.png"
    report = replay(result.telemetry, at_turn=20, screenshot=picture)
    last = max(event.frame for event in events_of(result) if event.turn == 20)
    assert (report.turns, report.frame, report.finished) == (20, last, False)
    assert report.exact
    with Image.open(picture) as image:
        assert image.size == (160, 144)


def test_an_unfinished_recording_is_played_as_far_as_it_goes(play_tiny: Play) -> None:
    result = play_tiny()
    result.telemetry.write_bytes(result.telemetry.read_bytes()[:5_000])
    report = replay(result.telemetry)
    assert report.exact
    assert not report.finished
    assert 0 < report.turns < 60


def test_a_wrong_hash_is_reported_with_its_place(play_tiny: Play) -> None:
    result = play_tiny()
    wrong = result.telemetry.read_text().replace(result.wram_hash, "0" * 64)
    result.telemetry.write_text(wrong)
    report = replay(result.telemetry)
    (mismatch,) = report.mismatches
    assert not report.exact
    assert (mismatch.event_type, mismatch.recorded, mismatch.replayed) == ("session", "0" * 64, result.wram_hash)
    assert mismatch.seq == report.events


def test_a_missing_press_changes_hashes(play_tiny: Play) -> None:
    result = play_tiny()
    rewrite(result.telemetry, lambda events: events[1].data.inputs.clear())
    assert not replay(result.telemetry).exact


def test_a_restore_of_a_frame_that_never_was_is_refused(play_tiny: Play) -> None:
    import msgspec

    result = play_tiny(max_turns=400)

    def far_away(events: list[Event]) -> None:
        for index, event in enumerate(events):
            if isinstance(event.data, Backtrack):
                data = msgspec.structs.replace(event.data, restored_frame=10**6)
                events[index] = msgspec.structs.replace(event, data=data)

    rewrite(result.telemetry, far_away)
    assert "never reached" in refusal(replay, result.telemetry)


def test_another_cartridge_is_refused(play_tiny: Play, tiny: Path, tmp_path: Path) -> None:
    result = play_tiny()
    rom = bytearray(tiny_rom())
    rom[-1] = 1
    (tmp_path / "other.gb").write_bytes(rom)
    sentence = refusal(replay, result.telemetry, tmp_path / "other.gb")
    assert "recorded with cartridge TINY" in sentence
    assert "other.gb" in sentence


def test_a_turn_that_was_not_played_is_refused(play_tiny: Play) -> None:
    assert "has no turn 61; its last turn is 60" in refusal(replay, play_tiny().telemetry, at_turn=61)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no whole event"),
        (b'{"torn', "holds no whole event"),
        (b"garbage\n", "is damaged after 0 events"),
    ],
)
def test_a_file_that_is_no_recording_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    assert words in refusal(replay, path)


def test_a_missing_recording_is_named(tmp_path: Path) -> None:
    assert "cannot be read (No such file or directory)" in refusal(replay, tmp_path / "none.jsonl")


def test_a_recording_must_begin_at_its_beginning(play_tiny: Play) -> None:
    result = play_tiny()
    rewrite(result.telemetry, lambda events: events.pop(0))
    assert "does not begin with the start" in refusal(replay, result.telemetry)


def test_a_damaged_recording_says_where(play_tiny: Play) -> None:
    result = play_tiny()
    with result.telemetry.open("ab") as file:
        file.write(b"garbage\n")
    assert "is damaged after" in refusal(replay, result.telemetry)


def test_a_gif_shows_the_run_in_four_shades(play_tiny: Play, tmp_path: Path) -> None:
    result = play_tiny()
    out = gif(result.telemetry, tmp_path / "run.gif", pictures=10)
    with Image.open(out) as image:
        assert image.size == (160, 144)
        assert 5 < image.n_frames <= 11
        assert image.info["loop"] == 0
        colours = {colour for _, colour in image.convert("RGB").getcolors()}
    assert colours <= {(shade,) * 3 for shade in (0xFF, 0xAA, 0x55, 0)}
    assert out.stat().st_size < replay_module.GIF_BYTES


def test_a_gif_that_is_too_large_loses_every_other_picture(
    play_tiny: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = play_tiny()
    large = gif(result.telemetry, tmp_path / "large.gif").stat().st_size
    monkeypatch.setattr(replay_module, "GIF_BYTES", large)
    out = gif(result.telemetry, tmp_path / "small.gif")
    assert out.stat().st_size < large


def test_rendering_a_gif_plays_the_same_run(play_tiny: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = play_tiny()
    ends: list[str] = []
    real_close = Emulator.close
    monkeypatch.setattr(Emulator, "close", lambda self: (ends.append(self.wram_hash()), real_close(self)))
    gif(result.telemetry, tmp_path / "run.gif")
    assert ends == [result.wram_hash]


def test_a_gif_of_no_turn_or_in_no_folder_is_refused(play_tiny: Play, tmp_path: Path) -> None:
    result = play_tiny()
    (tmp_path / "file").write_text("")
    assert "cannot be written" in refusal(gif, result.telemetry, tmp_path / "file" / "run.gif")
    rewrite(result.telemetry, lambda events: events.__delitem__(slice(1, None)))
    assert "has no turn to show" in refusal(gif, result.telemetry, tmp_path / "run.gif")
