"""One turn in a text, a menu or a scripted scene outside battle: advance, answer, close or wait (gen1 4.1-4.3)."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import NamedTuple

from agent_core.emulator import A, B
from agent_core.gen1.state import GameState, Menu, StateReader
from agent_core.gen1.text import Screen
from agent_core.mind import Mind
from agent_core.quest.objectives import Objective, Referee
from agent_core.ui import READY_FRAMES, SCENE_LIMIT, TEXT_LIMIT, TEXT_STILL, Pad, menu_kind, toward

PATIENCE = 3
REPEATS = 3
"""The same question this often in a row gets the other answer."""


class Act(NamedTuple):
    """What a turn did, for its event."""

    screen: str
    action: str


class SceneDriver:
    """Gets through what the game wants to say or show."""

    def __init__(self, pad: Pad, reader: StateReader, referee: Referee, mind: Callable[[], Mind]) -> None:
        self._pad = pad
        self._reader = reader
        self._referee = referee
        self._mind = mind

    def turn(self, state: GameState, objective: Objective | None) -> Act:
        """One press or one wait."""
        mind = self._mind
        memory = mind()
        if not state.text_open:
            return self.wait()
        screen, menu = self._reader.screen(), self._reader.menu()
        kind = menu_kind(screen, menu)
        if kind:
            memory.waits = 0
            return self._menu(kind, screen, menu, objective, memory)
        if memory.moment in ("arrow", "still") or memory.waits >= PATIENCE:
            memory.waits = 0
            memory.moment = self._pad.advance(TEXT_STILL)
            return Act("text", "advance")
        return self.wait()

    def wait(self, steady: int = READY_FRAMES) -> Act:
        """Nothing pressed until something changes, at most SCENE_LIMIT frames."""
        memory = self._mind()
        memory.waits += 1
        self._pad.release()
        memory.moment = self._pad.settle(SCENE_LIMIT, TEXT_STILL, steady)
        return Act("scene", "wait")

    def _menu(self, kind: str, screen: Screen, menu: Menu, objective: Objective | None, memory: Mind) -> Act:
        if kind != "two_option":
            return self._press(kind, B, "close")
        yes = memory.errand or (objective is not None and objective.say_yes(self._referee))
        question = zlib.crc32(screen.still())
        memory.same_question = memory.same_question + 1 if question == memory.last_question else 0
        memory.last_question = question
        if memory.same_question >= REPEATS:
            yes = not yes
        if yes:
            return self._press(kind, toward(menu, 0), "yes")
        return self._press(kind, B, "no")

    def _press(self, kind: str, button: int, word: str) -> Act:
        memory = self._mind()
        self._pad.choose(button)
        if button in (A, B):
            memory.moment = self._pad.settle(TEXT_LIMIT, TEXT_STILL)
        else:
            memory.moment = "menu"
        return Act(kind, word if button in (A, B) else "move")
