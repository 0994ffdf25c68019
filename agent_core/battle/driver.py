"""One turn of a battle: the screen says which button carries out the choice that was made (gen1 4.3-4.6, 4.11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from agent_core.battle.policy import FIGHT, ITEM, RUN, SWITCH, battle_question, replacement
from agent_core.emulator import A, B
from agent_core.gen1.rom import Tables
from agent_core.gen1.state import GameState, Menu, StateReader
from agent_core.genome import Genome
from agent_core.mind import Mind
from agent_core.strategy.base import Strategy
from agent_core.ui import BATTLE_STILL, SCENE_LIMIT, TEXT_LIMIT, Pad, menu_kind, toward, toward_battle

ENTRIES = {FIGHT: 0, ITEM: 1, SWITCH: 2, RUN: 3}
"""Entry of the battle menu for each kind of action."""
PATIENCE = 3
"""Waits without an effect before a press is tried anyway."""


class Act(NamedTuple):
    """What a turn did, for its event."""

    screen: str
    action: str


class BattleDriver:
    """Carries out battle decisions button by button."""

    def __init__(
        self,
        pad: Pad,
        reader: StateReader,
        tables: Tables,
        genome: Genome,
        strategy: Strategy,
        mind: Callable[[], Mind],
    ) -> None:
        self._pad = pad
        self._reader = reader
        self._tables = tables
        self._genome = genome
        self._strategy = strategy
        self._mind = mind

    def turn(self, state: GameState) -> Act:
        """One press or one wait."""
        mind = self._mind()
        menu = self._reader.menu()
        kind = menu_kind(self._reader.screen(), menu) if mind.moment in ("menu", "limit") else ""
        if not kind:
            return self._text(mind)
        mind.waits = 0
        match kind:
            case "battle":
                mind.questions = 0
                if not mind.intent:
                    battle = self._reader.battle()
                    mind.intent = self._strategy.choose(battle_question(self._tables, battle, state, self._genome))
                return self._press(kind, toward_battle(menu, ENTRIES[self._intent(mind)[0]]), mind)
            case "moves":
                action, index = self._intent(mind)
                return self._press(kind, toward(menu, index + 1) if action == FIGHT else B, mind, final=True)
            case "list":
                action, index = self._intent(mind)
                wanted = index - menu.scroll
                return self._press(kind, toward(menu, wanted) if action == ITEM else B, mind)
            case "party":
                return self._press(kind, toward(menu, self._member(state, mind)), mind)
            case "two_option":
                return self._press(kind, self._answer(menu, mind), mind)
        return self._press(kind, A if self._sub_menu(menu) and menu.current == 0 else B, mind)

    def _intent(self, mind: Mind) -> tuple[str, int]:
        action, _, index = mind.intent.partition(":")
        return action, int(index or 0)

    def _member(self, state: GameState, mind: Mind) -> int:
        """The party slot to take: the one that was decided, else the healthiest."""
        action, index = self._intent(mind)
        active = self._reader.battle().player_slot
        if action == SWITCH:
            return index
        if action == ITEM:
            return active
        found = replacement(state, active)
        return active if found is None else found

    def _answer(self, menu: Menu, mind: Mind) -> int:
        """Answers by place: change partner? no; use the next one? yes; forget a move? no, then give up learning it."""
        mind.questions += 1
        if menu.top_x == 14:
            return A if menu.current == 0 else toward(menu, 0)
        if menu.top_x == 1:
            return B
        return B if mind.questions % 2 else toward(menu, 0)

    @staticmethod
    def _sub_menu(menu: Menu) -> bool:
        """USE/TOSS of the bag or SWITCH/STATS/CANCEL of the party: the first entry goes on."""
        return (menu.top_x, menu.top_y) in ((14, 11), (12, 12))

    def _press(self, screen: str, button: int, mind: Mind, final: bool = False) -> Act:
        """One press in a menu; an A leads on to whatever comes next."""
        self._pad.choose(button)
        done = mind.intent
        if button == A:
            if final or self._ends_turn(screen, mind):
                mind.intent = ""
            mind.moment = self._pad.settle(TEXT_LIMIT, BATTLE_STILL)
        elif button == B:
            mind.intent = "" if screen in ("party", "other", "list") else mind.intent
            mind.moment = self._pad.settle(TEXT_LIMIT, BATTLE_STILL)
        else:
            mind.moment = "menu"
        return Act(screen, done or BUTTON_WORDS.get(button, "press"))

    def _ends_turn(self, screen: str, mind: Mind) -> bool:
        action, _ = self._intent(mind)
        return (screen == "battle" and action == RUN) or (screen == "party" and action != SWITCH) or screen == "other"

    def _text(self, mind: Mind) -> Act:
        """A on a waiting text; otherwise wait for the battle to go on."""
        if mind.moment in ("arrow", "still") or mind.waits >= PATIENCE:
            mind.waits = 0
            mind.moment = self._pad.advance(BATTLE_STILL)
            return Act("battle_text", "advance")
        mind.waits += 1
        self._pad.release()
        mind.moment = self._pad.settle(SCENE_LIMIT, BATTLE_STILL)
        return Act("battle_text", "wait")


BUTTON_WORDS = {A: "choose", B: "back"}


def action_json(intent: str) -> str:
    """The original's JSON string of an intent: fight/item/switch/run with its index."""
    action, _, index = intent.partition(":")
    fields: dict[str, str | int] = {"action": action}
    if action == FIGHT:
        fields["move_index"] = int(index)
    elif action == ITEM:
        fields["bag_index"] = int(index)
    elif action == SWITCH:
        fields["slot"] = int(index)
    return msgspec.json.encode(fields).decode()
