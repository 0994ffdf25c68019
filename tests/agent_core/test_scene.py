"""Texts, questions and menus outside battle."""

from __future__ import annotations

from agent_core.emulator import UP, A, B
from agent_core.gen1 import symbols as sym
from agent_core.gen1.state import StateReader
from agent_core.mind import Mind
from agent_core.quest.objectives import Referee, load_quest
from agent_core.scene import Act, SceneDriver
from agent_core.ui import Pad
from tests.agent_core.fake_console import FakeConsole

STARTER = load_quest().by_id("choose_starter")


class Stage:
    """A scene driver at a fake console."""

    def __init__(self, moment: str = "limit") -> None:
        self.console = FakeConsole()
        self.console.box()
        self.mind = Mind(moment=moment)
        self.reader = StateReader(self.console)
        pad = Pad(self.console, self.reader)
        self.driver = SceneDriver(pad, self.reader, Referee(self.console), lambda: self.mind)

    def turn(self) -> Act:
        return self.driver.turn(self.reader.read(), STARTER)


def test_a_text_is_waited_for_and_then_advanced() -> None:
    stage = Stage()
    assert stage.turn() == Act("scene", "wait")
    assert stage.mind.moment == "still"
    assert stage.turn() == Act("text", "advance")
    assert stage.console.pressed == [A]


def test_a_text_that_never_comes_to_rest_is_pressed_after_some_waits() -> None:
    stage = Stage()
    stage.console.game = lambda console: console.tile(1 + console.frame % 18, 14, 0x80 + console.frame % 20)
    acts = [stage.turn() for _ in range(4)]
    assert acts == [Act("scene", "wait")] * 3 + [Act("text", "advance")]


def test_a_scene_without_text_is_waited_out() -> None:
    stage = Stage()
    stage.console.put(sym.wFontLoaded, 0)
    stage.console.put(sym.wJoyIgnore, 0xFF)
    assert stage.turn() == Act("scene", "wait")
    assert stage.console.pressed == []


def test_the_objective_says_which_question_is_answered_yes() -> None:
    stage = Stage()
    stage.console.menu(15, 8, current=1, box=0x14)
    assert stage.turn() == Act("two_option", "move")
    assert stage.console.pressed == [UP]
    assert stage.mind.moment == "menu"
    stage.console.menu(15, 8, current=0, box=0x14)
    assert stage.turn() == Act("two_option", "yes")
    stage.console.put(sym.wPartyCount, 1)
    assert stage.turn() == Act("two_option", "no")
    assert stage.console.pressed == [UP, A, B]


def test_a_question_that_keeps_coming_back_gets_the_other_answer() -> None:
    stage = Stage()
    stage.console.put(sym.wPartyCount, 1)
    stage.console.menu(15, 8, box=0x14)
    assert [stage.turn().action for _ in range(5)] == ["no", "no", "no", "yes", "yes"]


def test_a_nurse_is_told_yes_during_the_errand() -> None:
    stage = Stage()
    stage.console.put(sym.wPartyCount, 1)
    stage.mind.errand = True
    stage.console.menu(12, 8, box=0x14)
    assert stage.turn() == Act("two_option", "yes")


def test_a_menu_that_nobody_wanted_is_closed() -> None:
    stage = Stage()
    stage.console.menu(11, 2, maximum=5)
    assert stage.turn() == Act("start", "close")
    assert stage.console.pressed == [B]
