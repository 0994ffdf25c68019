from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from agent_core.emulator import LEFT, RIGHT, A, B, Emulator
from tests.agent_core.tiny_rom import FRAME, HELD, NOISE, PRESSES, X, tiny_rom


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator(tiny_rom()) as emulator:
        emulator.tick(100)
        yield emulator


def test_a_held_button_reaches_the_game_in_the_next_frame_and_stays(emulator: Emulator) -> None:
    emulator.hold(RIGHT)
    emulator.tick(10)
    assert emulator.byte(HELD) == RIGHT
    assert emulator.byte(X) == 10
    emulator.hold(0)
    emulator.tick(3)
    assert emulator.byte(HELD) == 0
    assert emulator.byte(X) == 10


def test_presses_count_pushed_buttons_as_the_game_counts_them(emulator: Emulator) -> None:
    for mask in (A, A | B, A | B, B, 0, RIGHT, LEFT):
        emulator.hold(mask)
        emulator.tick()
    assert emulator.presses == 4
    assert emulator.byte(PRESSES) == 4


def test_a_change_that_no_frame_sees_is_no_press(emulator: Emulator) -> None:
    emulator.hold(A)
    emulator.hold(0)
    emulator.tick()
    emulator.hold(B)
    emulator.tick(0)
    assert emulator.presses == 0
    assert emulator.drain_inputs() == []


def test_drained_inputs_name_the_frame_of_each_change_once(emulator: Emulator) -> None:
    emulator.hold(A)
    emulator.tick(5)
    emulator.hold(A | RIGHT)
    emulator.tick(2)
    assert emulator.pending_inputs() == [(100, A), (105, A | RIGHT)]
    assert emulator.drain_inputs() == [(100, A), (105, A | RIGHT)]
    assert emulator.drain_inputs() == []


def test_reading_gives_the_bytes_of_the_address_space(emulator: Emulator) -> None:
    assert emulator.read(0x0134, 4) == b"TINY"
    assert emulator.read(FRAME, 1)[0] == emulator.byte(FRAME) > 0


def test_a_restored_snapshot_continues_exactly_in_this_and_in_another_console(emulator: Emulator) -> None:
    emulator.hold(RIGHT)
    emulator.tick(7)
    state, frame = emulator.snapshot(), emulator.frame
    emulator.hold(A)
    emulator.tick(50)
    expected = emulator.wram_hash()
    with Emulator(tiny_rom()) as other:
        for console in (emulator, other):
            console.restore(state)
            assert (console.frame, console.held, console.drain_inputs()) == (frame, RIGHT, [])
            console.hold(A)
            console.tick(50)
            assert console.wram_hash() == expected


def test_a_button_held_but_not_yet_seen_survives_a_snapshot(emulator: Emulator) -> None:
    emulator.hold(RIGHT)
    state = emulator.snapshot()
    emulator.tick(4)
    emulator.restore(state)
    emulator.tick(4)
    assert emulator.byte(X) == 4
    assert emulator.drain_inputs() == [(100, RIGHT)]


def test_restoring_goes_back_in_frames_but_not_in_work_done(emulator: Emulator) -> None:
    state = emulator.snapshot()
    emulator.hold(A)
    emulator.tick(30)
    emulator.restore(state)
    assert (emulator.frame, emulator.frames_run, emulator.presses) == (100, 130, 1)


def test_a_screenshot_shows_the_screen_and_changes_nothing(emulator: Emulator) -> None:
    with Emulator(tiny_rom()) as undisturbed:
        undisturbed.tick(100)
        picture = emulator.screenshot()
        assert picture.size == (160, 144)
        assert {colour for _, colour in picture.getcolors()} == {(255, 255, 255), (0, 0, 0)}
        for console in (emulator, undisturbed):
            console.hold(RIGHT)
            console.tick(40)
        assert emulator.wram_hash() == undisturbed.wram_hash()
        assert emulator.byte(NOISE) == undisturbed.byte(NOISE)


def test_rendering_does_not_change_work_ram(emulator: Emulator) -> None:
    with Emulator(tiny_rom()) as rendered:
        rendered.tick(100)
        for _ in range(10):
            emulator.tick(3)
            rendered.tick(3, render=True)
        assert rendered.wram_hash() == emulator.wram_hash()
        assert rendered.picture().size == (160, 144)


@pytest.mark.parametrize("before", ["", "import sdl2; "])
def test_the_console_needs_no_window_library(before: str) -> None:
    code = f"import sys; {before}import agent_core.emulator; print(sum('sdl2.ext' in name for name in sys.modules))"
    command = [sys.executable, "-W", "ignore", "-c", code]
    loaded = int(subprocess.run(command, check=True, capture_output=True).stdout)
    assert bool(loaded) == bool(before)
