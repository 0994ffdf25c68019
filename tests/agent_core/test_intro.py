"""The way from power-on to the first step."""

from __future__ import annotations

import pytest

from agent_core import intro as intro_module
from agent_core.cartridge import open_cartridge
from agent_core.emulator import DOWN, START, A, Emulator
from agent_core.gen1 import symbols as sym
from agent_core.gen1.maps import read_atlas
from agent_core.gen1.state import StateReader
from agent_core.intro import Intro, IntroError
from agent_core.ui import Pad
from tests.agent_core.fake_console import FakeConsole
from tests.agent_core.small_world import small_rom

ATLAS = read_atlas(small_rom())


def intro(console: FakeConsole) -> Intro:
    reader = StateReader(console)
    return Intro(Pad(console, reader), reader, ATLAS)


def first_press(console: FakeConsole, monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[str, str]], list[int]]:
    """What one press of the intro was, on a screen that never changes."""
    monkeypatch.setattr(intro_module, "PRESS_LIMIT", 1)
    told: list[tuple[str, str]] = []
    with pytest.raises(IntroError, match="after 1 presses"):
        intro(console).play(lambda screen, action: told.append((screen, action)))
    return told, console.pressed


def not_ready() -> FakeConsole:
    console = FakeConsole()
    console.put(sym.wJoyIgnore, 0xFF)
    return console


def test_an_unknown_screen_gets_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert first_press(not_ready(), monkeypatch) == ([("title", "start")], [START])


def test_new_game_is_the_last_but_one_entry_of_the_main_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    console = not_ready()
    console.menu(1, 2, maximum=2)
    console.tile(0, 0, 0x79)
    assert first_press(console, monkeypatch) == ([("main_menu", "move")], [DOWN])


def test_a_ready_made_name_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    console = not_ready()
    console.menu(1, 2, current=1, maximum=3)
    console.tile(0, 0, 0x79)
    assert first_press(console, monkeypatch) == ([("name_list", "choose")], [A])


def test_a_naming_screen_gets_a_letter_and_then_start(monkeypatch: pytest.MonkeyPatch) -> None:
    console = not_ready()
    console.menu(1, 3, current=1, maximum=7)
    console.tile(0, 4, 0x79)
    assert first_press(console, monkeypatch) == ([("naming", "type")], [A])
    console.pressed.clear()
    console.put(sym.wNamingScreenNameLength, 1)
    assert first_press(console, monkeypatch) == ([("naming", "submit")], [START])


def test_a_question_and_a_strange_menu_are_got_through(monkeypatch: pytest.MonkeyPatch) -> None:
    console = not_ready()
    console.menu(15, 8, box=0x14)
    assert first_press(console, monkeypatch) == ([("question", "choose")], [A])
    console = not_ready()
    console.menu(11, 2, maximum=5)
    assert first_press(console, monkeypatch) == ([("menu", "start")], [START])


def test_a_text_is_advanced(monkeypatch: pytest.MonkeyPatch) -> None:
    console = not_ready()
    console.box()
    assert first_press(console, monkeypatch) == ([("text", "advance")], [A])


def test_zeroed_memory_is_not_mistaken_for_the_world() -> None:
    console = FakeConsole()
    assert StateReader(console).read().ready
    assert not intro(console).in_world()


def test_the_world_is_known_by_the_cells_around_the_character() -> None:
    console = FakeConsole()
    console.put(sym.wYCoord, 4, 4)
    console.put(sym.wSpriteStateData1, 1)
    town = ATLAS.maps[0]
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            console.tile(8 + 2 * dx, 9 + 2 * dy, town.tile(4 + dx, 4 + dy))
    assert intro(console).in_world()


@pytest.mark.parametrize("seed", [0, 17, 200])
def test_the_intro_of_the_practice_cartridge_ends_in_the_bedroom(seed: int) -> None:
    cartridge = open_cartridge(None)
    with Emulator(cartridge.rom) as emulator:
        reader = StateReader(emulator)
        told: list[tuple[str, str]] = []
        Intro(Pad(emulator, reader), reader, read_atlas(cartridge.rom)).play(
            lambda screen, action: told.append((screen, action)), seed
        )
        assert reader.read().cell == (38, 3, 6)
        assert ("main_menu", "choose") in told
        assert told.count(("name_list", "choose")) == 2
        assert reader.player_name() != reader.rival_name()
