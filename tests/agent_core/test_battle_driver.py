"""Which button carries out a battle decision on each screen."""

from __future__ import annotations

import pytest

from agent_core.battle.driver import Act, BattleDriver, action_json
from agent_core.emulator import DOWN, RIGHT, UP, A, B
from agent_core.gen1 import symbols as sym
from agent_core.gen1.rom import read_tables
from agent_core.gen1.state import PARTY_SIZE, StateReader
from agent_core.gen1.text import ARROW
from agent_core.genome import Genome
from agent_core.mind import Mind
from agent_core.strategy.heuristic import Heuristic
from agent_core.ui import Pad
from tests.agent_core.fake_console import FakeConsole
from tests.agent_core.small_world import TACKLE, small_rom

TABLES = read_tables(small_rom())


class Ring:
    """A battle driver at a fake console, in a battle against a trainer (2) or a wild mon (1)."""

    def __init__(self, kind: int = 2, *, intent: str = "", moment: str = "menu") -> None:
        self.console = FakeConsole()
        self.console.put(sym.wIsInBattle, kind)
        self.mind = Mind(intent=intent, moment=moment)
        for address, speed in ((sym.wBattleMon, 30), (sym.wEnemyMon, 10)):
            self.console.put(address, 1, 0, 20, 0, 0, 0, 0, 0, TACKLE, 0, 0, 0, 0, 0, 5, 0, 20, 0, 11, 0, 11, 0, speed)
            self.console.put(address + 23, 0, 11, 35)
        self.console.put(sym.wPlayerMonStatMods, *[7] * 6)
        self.console.put(sym.wEnemyMonStatMods, *[7] * 6)
        self.reader = StateReader(self.console)
        self.driver = BattleDriver(
            Pad(self.console, self.reader), self.reader, TABLES, Genome(), Heuristic(), lambda: self.mind
        )

    def party(self, *levels: int) -> None:
        self.console.put(sym.wPartyCount, len(levels))
        for slot, level in enumerate(levels):
            start = sym.wPartyMons + PARTY_SIZE * slot
            self.console.put(start, 1, 0, 10)
            self.console.put(start + 0x21, level, 0, 20)

    def turn(self) -> Act:
        return self.driver.turn(self.reader.read())

    def pressed(self) -> int:
        self.turn()
        return self.console.pressed[0]


def test_fight_is_entered_and_the_move_is_taken() -> None:
    ring = Ring()
    ring.console.menu(9, 14)
    assert ring.turn() == Act("battle", "fight:0")
    assert ring.console.pressed == [A]
    assert ring.mind.intent == "fight:0"
    ring.mind.moment = "menu"
    ring.console.clear()
    ring.console.menu(5, 12, current=1, maximum=3, step=1)
    ring.console.tile(4, 13, 0x7C)
    assert ring.turn() == Act("moves", "fight:0")
    assert ring.mind.intent == ""


def test_running_walks_to_the_last_entry_first() -> None:
    ring = Ring(1, intent="run")
    ring.console.menu(9, 14)
    assert ring.turn() == Act("battle", "run")
    assert ring.console.pressed == [RIGHT]
    assert ring.mind.moment == "menu"
    ring.console.menu(15, 14, current=1)
    ring.turn()
    assert ring.console.pressed == [RIGHT, A]
    assert ring.mind.intent == ""


def test_a_move_menu_that_nobody_wanted_is_left() -> None:
    ring = Ring(intent="run")
    ring.console.menu(5, 12, current=1, maximum=3, step=1)
    ring.console.tile(4, 13, 0x7C)
    assert ring.pressed() == B


@pytest.mark.parametrize(("intent", "button"), [("item:2", DOWN), ("item:1", A), ("item:0", UP), ("fight:0", B)])
def test_the_bag_is_walked_to_the_item(intent: str, button: int) -> None:
    ring = Ring(intent=intent)
    ring.console.menu(5, 4, current=1, maximum=2)
    assert ring.pressed() == button
    assert (ring.mind.intent == "") == (button == B)


def test_the_bag_list_counts_from_its_scroll_offset() -> None:
    ring = Ring(intent="item:3")
    ring.console.put(sym.wListScrollOffset, 2)
    ring.console.menu(5, 4, current=1, maximum=2)
    assert ring.pressed() == A


@pytest.mark.parametrize(("intent", "button"), [("switch:1", DOWN), ("item:0", A), ("", DOWN)])
def test_the_party_menu_takes_the_one_that_was_meant(intent: str, button: int) -> None:
    ring = Ring(intent=intent)
    ring.party(5, 9)
    ring.console.menu(0, 1, maximum=1)
    assert ring.pressed() == button


def test_without_another_member_the_active_one_is_taken() -> None:
    ring = Ring()
    ring.party(5)
    ring.console.menu(0, 1, maximum=0)
    assert ring.pressed() == A


@pytest.mark.parametrize(("x", "y", "button"), [(14, 11, A), (12, 12, A), (5, 8, B)])
def test_sub_menus_go_on_with_their_first_entry_and_others_are_left(x: int, y: int, button: int) -> None:
    ring = Ring(intent="item:0")
    ring.console.menu(x, y)
    assert ring.pressed() == button
    assert ring.mind.intent == ""


@pytest.mark.parametrize(
    ("x", "y", "current", "button"), [(1, 8, 0, B), (14, 10, 0, A), (14, 10, 1, UP), (15, 8, 0, B)]
)
def test_questions_are_answered_by_their_place(x: int, y: int, current: int, button: int) -> None:
    ring = Ring()
    ring.console.menu(x, y, current=current, box=0x14)
    assert ring.pressed() == button


def test_giving_up_a_move_is_confirmed_instead_of_asked_for_ever() -> None:
    ring = Ring()
    ring.console.menu(15, 8, box=0x14)
    ring.turn()
    ring.mind.moment = "menu"
    ring.turn()
    assert ring.console.pressed == [B, A]


def test_a_waiting_text_is_advanced_and_a_running_one_waited_for() -> None:
    ring = Ring(moment="arrow")
    ring.console.box()
    assert ring.turn() == Act("battle_text", "advance")
    ring = Ring(moment="limit")
    ring.console.box()
    for _ in range(3):
        assert ring.turn() == Act("battle_text", "wait")
    assert ring.turn() == Act("battle_text", "advance")


def test_an_arrow_that_lights_up_ends_the_wait() -> None:
    ring = Ring(moment="limit")
    ring.console.box()
    ring.console.tile(18, 16, ARROW)
    ring.turn()
    assert ring.mind.moment == "arrow"


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("fight:2", '{"action":"fight","move_index":2}'),
        ("item:1", '{"action":"item","bag_index":1}'),
        ("switch:3", '{"action":"switch","slot":3}'),
        ("run", '{"action":"run"}'),
    ],
)
def test_actions_are_told_in_the_originals_words(intent: str, text: str) -> None:
    assert action_json(intent) == text
