"""Menus recognised by RAM and screen, and presses that are watched until they had their effect."""

from __future__ import annotations

import pytest

from agent_core.emulator import DOWN, LEFT, RIGHT, UP, A
from agent_core.gen1 import symbols as sym
from agent_core.gen1.state import StateReader
from agent_core.gen1.text import ARROW
from agent_core.ui import READY_FRAMES, TEXT_STILL, Pad, menu_kind, toward, toward_battle
from tests.agent_core.fake_console import FakeConsole, Game, idle


def pad(console: FakeConsole) -> Pad:
    return Pad(console, StateReader(console))


def kind(console: FakeConsole) -> str:
    reader = StateReader(console)
    return menu_kind(reader.screen(), reader.menu())


@pytest.mark.parametrize(
    ("x", "y", "maximum", "step", "box", "corner", "expected"),
    [
        (9, 14, 1, 2, 11, None, "battle"),
        (15, 14, 1, 2, 11, None, "battle"),
        (5, 12, 3, 1, 11, (4, 13, 0x7C), "moves"),
        (15, 8, 1, 2, 0x14, None, "two_option"),
        (1, 3, 7, 2, 0, (0, 4, 0x79), "naming"),
        (5, 4, 2, 2, 13, None, "list"),
        (0, 1, 1, 2, 0, None, "party"),
        (1, 2, 3, 2, 0, (0, 0, 0x79), "names"),
        (1, 2, 1, 2, 0, (0, 0, 0x79), "main"),
        (11, 2, 6, 2, 0, None, "start"),
        (14, 11, 1, 2, 6, None, "other"),
    ],
)
def test_a_menu_is_known_by_its_place_and_its_box(
    x: int, y: int, maximum: int, step: int, box: int, corner: tuple[int, int, int] | None, expected: str
) -> None:
    console = FakeConsole()
    console.menu(x, y, current=1, maximum=maximum, step=step, box=box)
    if corner:
        console.tile(*corner)
    assert kind(console) == expected


def test_menu_variables_without_a_cursor_on_the_screen_are_stale() -> None:
    console = FakeConsole()
    console.menu(15, 8, box=0x14)
    console.clear()
    assert kind(console) == ""
    assert not pad(console).cursor()


def test_the_cursor_is_brought_to_the_row_and_then_pressed() -> None:
    console = FakeConsole()
    console.menu(5, 4, current=1, maximum=2)
    menu = StateReader(console).menu()
    assert (toward(menu, 2), toward(menu, 0), toward(menu, 1)) == (DOWN, UP, A)


def test_the_battle_menu_is_walked_by_columns() -> None:
    console = FakeConsole()
    console.menu(9, 14)
    left = StateReader(console).menu()
    assert [toward_battle(left, entry) for entry in range(4)] == [A, DOWN, RIGHT, RIGHT]
    console.menu(15, 14)
    right = StateReader(console).menu()
    assert [toward_battle(right, entry) for entry in range(4)] == [LEFT, LEFT, A, DOWN]


def moves_cursor_after(frames: int) -> Game:
    def game(console: FakeConsole) -> None:
        if console.held and console.frame == frames:
            console.menu(5, 4, current=1, maximum=2)

    return game


def test_a_press_is_held_until_it_shows_and_then_let_go() -> None:
    console = FakeConsole(moves_cursor_after(8))
    console.menu(5, 4, maximum=2)
    assert pad(console).choose(DOWN)
    assert console.held == 0
    assert console.pressed == [DOWN]


def test_a_press_without_effect_is_let_go_after_a_while() -> None:
    console = FakeConsole(idle)
    assert not pad(console).choose(A)
    assert console.held == 0


def test_a_button_that_is_still_down_is_let_go_before_the_next_push() -> None:
    console = FakeConsole(idle)
    hand = pad(console)
    console.hold(A)
    console.tick(1)
    hand.choose(A)
    assert console.pressed == [A, A]


def test_waiting_ends_when_the_arrow_is_lit() -> None:
    console = FakeConsole(lambda c: c.tile(18, 16, ARROW) if c.frame == 20 else None)
    console.box()
    assert pad(console).settle(100, 90) == "arrow"
    assert pad(console).arrow()


def test_waiting_ends_when_a_cursor_waits() -> None:
    console = FakeConsole(lambda c: c.menu(15, 8, box=0x14) if c.frame == 10 else None)
    console.box()
    assert pad(console).settle(100, 90) == "menu"


def test_waiting_ends_when_a_text_stands_still() -> None:
    def prints(console: FakeConsole) -> None:
        if console.frame < 30:
            console.tile(1 + console.frame % 18, 14, 0x80)

    console = FakeConsole(prints)
    console.box()
    assert pad(console).settle(200, TEXT_STILL) == "still"
    assert console.frame >= 18 + TEXT_STILL


def test_waiting_ends_when_input_has_been_ready_for_a_while() -> None:
    def closes(console: FakeConsole) -> None:
        console.put(sym.wJoyIgnore, 0xFF if console.frame < 10 else 0)

    console = FakeConsole(closes)
    assert pad(console).settle(100, TEXT_STILL) == "ready"
    assert console.frame >= 8 + READY_FRAMES


def test_waiting_ends_at_its_limit() -> None:
    console = FakeConsole(idle)
    console.put(sym.wJoyIgnore, 0xFF)
    assert pad(console).settle(60, TEXT_STILL) == "limit"
    assert console.frame == 60


def test_advancing_a_text_presses_once_and_waits_for_what_follows() -> None:
    def closes_on_press(console: FakeConsole) -> None:
        if console.held & A:
            console.put(sym.wFontLoaded, 0)
            console.clear()

    console = FakeConsole(closes_on_press)
    console.box()
    assert pad(console).advance(TEXT_STILL) == "ready"
    assert console.pressed == [A]
