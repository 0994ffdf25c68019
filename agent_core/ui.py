"""Text boxes and cursor menus: press, then watch RAM until the screen has settled (gen1 4.1-4.8).

Nothing here knows what a text says or which answer is wanted.
"""

from __future__ import annotations

from typing import Literal, Protocol

from agent_core.emulator import DOWN, LEFT, RIGHT, UP, A
from agent_core.gen1 import symbols as sym
from agent_core.gen1.state import Menu, StateReader
from agent_core.gen1.text import (
    ARROW,
    ARROW_CELL,
    BOX_TOP_LEFT,
    BOX_VERTICAL,
    CURSOR,
    SCREEN_SIZE,
    SCREEN_WIDTH,
    Screen,
)

Moment = Literal["ready", "menu", "arrow", "still", "limit"]
"""Why waiting ended: the character obeys, a cursor waits, the arrow waits, nothing moves any more, time is up."""

PRESS_FRAMES = 3
RELEASE_FRAMES = 3
EFFECT_FRAMES = 24
POLL_FRAMES = 4
SCENE_FRAMES = 32
"""Whatever takes longer than this is a scene or an animation: nobody waits for us, so we look less often."""
SCENE_POLL_FRAMES = 16
CURSOR_FRAMES = 8
"""A cursor that stands this long belongs to a menu that listens (it waits 3 frames after drawing, gen1 4.1)."""
TEXT_STILL = 30
BATTLE_STILL = 150
SCENE_LIMIT = 120
READY_FRAMES = 8
"""Input must be ready this long: between two parts of a scene it can look ready for a moment."""
PAUSE_FRAMES = 60
"""The same while no objective is possible, because a scene is about to go on."""
TEXT_LIMIT = 600
_BOX = sym.wTileMap + SCREEN_WIDTH * 12
_ARROW = sym.wTileMap + ARROW_CELL
_BOX_BYTES = SCREEN_WIDTH * 6
_ARROW_IN_BOX = ARROW_CELL - SCREEN_WIDTH * 12
_TWO_OPTION_BOX = 0x14
_BATTLE_MENU_ROW = 14
_BATTLE_COLUMNS = (9, 15)


class Console(Protocol):
    """The part of the emulator that a player may touch."""

    @property
    def held(self) -> int: ...

    def hold(self, mask: int) -> None: ...

    def tick(self, frames: int = 1) -> None: ...

    def read(self, start: int, length: int) -> bytes: ...

    def byte(self, address: int) -> int: ...


def cursor_cells(menu: Menu) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the cursor of a menu stands when its rows are two lines apart, and when they are one line apart."""
    return ((menu.top_x, menu.top_y + 2 * menu.current), (menu.top_x, menu.top_y + menu.current))


def cursor_waits(screen: Screen, menu: Menu) -> bool:
    """A filled cursor is on the screen where the menu variables say that it is."""
    return any(x < 20 and y < 18 and screen.tile(x, y) == CURSOR for x, y in cursor_cells(menu))


def menu_kind(screen: Screen, menu: Menu) -> str:
    """Which menu waits: battle, moves, two_option, party, list, main, names, naming, start, other, or "" for none."""
    if not cursor_waits(screen, menu):
        return ""
    corner = (menu.top_x, menu.top_y)
    if menu.top_y == _BATTLE_MENU_ROW and menu.top_x in _BATTLE_COLUMNS and menu.maximum == 1:
        return "battle"
    if corner == (5, 12) and screen.tile(4, 13) == BOX_VERTICAL:
        return "moves"
    if menu.text_box == _TWO_OPTION_BOX and menu.maximum == 1:
        return "two_option"
    if corner == (1, 3) and screen.box_at(0, 4):
        return "naming"
    if corner == (5, 4):
        return "list"
    if corner == (0, 1):
        return "party"
    if corner == (1, 2) and screen.box_at(0, 0):
        return "names" if menu.maximum == 3 else "main"
    if corner == (11, 2):
        return "start"
    return "other"


def toward(menu: Menu, row: int) -> int:
    """The button that brings the cursor towards `row`, A when it is there."""
    if menu.current < row:
        return DOWN
    return UP if menu.current > row else A


def toward_battle(menu: Menu, index: int) -> int:
    """The button towards entry `index` of the battle menu: 0 FIGHT, 1 ITEM, 2 PKMN, 3 RUN (gen1 4.4)."""
    column = _BATTLE_COLUMNS[index >> 1]
    if menu.top_x != column:
        return RIGHT if menu.top_x < column else LEFT
    return toward(menu, index & 1)


class Pad:
    """Buttons of one console, each push verified by what the screen does."""

    def __init__(self, console: Console, reader: StateReader) -> None:
        self.console = console
        self._reader = reader

    def release(self) -> None:
        """Let go of everything, long enough for the next push to count as new."""
        if self.console.held:
            self.console.hold(0)
            self.console.tick(RELEASE_FRAMES)

    def push(self, mask: int) -> bool:
        """Push and hold `mask` until the screen or a menu variable changes; False when nothing did."""
        console = self.console
        if console.held:
            self.release()
        before = self._signature()
        console.hold(mask)
        console.tick(PRESS_FRAMES)
        for _ in range(EFFECT_FRAMES // 2):
            if self._signature() != before:
                return True
            console.tick(2)
        return self._signature() != before

    def choose(self, mask: int) -> bool:
        """One press in a menu: push, see the effect, let go."""
        changed = self.push(mask)
        self.release()
        return changed

    def advance(self, patience: int) -> Moment:
        """One A press in a text, let go before the next screen can take it for its own (gen1 7, pitfall 6)."""
        self.choose(A)
        return self.settle(TEXT_LIMIT, patience)

    def settle(self, limit: int, patience: int, steady: int = READY_FRAMES) -> Moment:
        """Wait until the player is asked for something, at most `limit` frames.

        A text box that is still for `patience` frames waits for a button; input that is ready for `steady` frames is.
        """
        console = self.console
        spent = quiet = cursor = ready = 0
        last = b""
        while spent < limit:
            poll = min(POLL_FRAMES if spent < SCENE_FRAMES else SCENE_POLL_FRAMES, limit - spent)
            console.tick(poll)
            spent += poll
            fighting = console.byte(sym.wIsInBattle)
            if not fighting and not console.byte(sym.wFontLoaded) & 1:
                ready = ready + poll if self._reader.read().ready else 0
                if ready >= steady:
                    return "ready"
                quiet = cursor = 0
                continue
            ready = 0
            cursor = cursor + poll if self.cursor() else 0
            if cursor >= CURSOR_FRAMES:
                return "menu"
            box = console.read(_BOX, _BOX_BYTES)
            if box[0] == BOX_TOP_LEFT and box[_ARROW_IN_BOX] == ARROW:
                return "arrow"
            quiet = quiet + poll if box == last else 0
            last = box
            if quiet >= patience and box[0] == BOX_TOP_LEFT:
                return "still"
        return "limit"

    def arrow(self) -> bool:
        """The waiting arrow of a message box is lit."""
        console = self.console
        return console.byte(_BOX) == BOX_TOP_LEFT and console.byte(_ARROW) == ARROW

    def cursor(self) -> bool:
        """A filled cursor stands where the menu variables say."""
        top_y, top_x, current = self.console.read(sym.wTopMenuItemY, 3)
        for step in (2, 1):
            place = top_x + SCREEN_WIDTH * (top_y + step * current)
            if place < SCREEN_SIZE and self.console.byte(sym.wTileMap + place) == CURSOR:
                return True
        return False

    def _signature(self) -> bytes:
        """What a press can change: menu variables, the message box without the blinking arrow, the scene's flags."""
        console = self.console
        box = console.read(_BOX, _BOX_BYTES)
        return (
            box[:_ARROW_IN_BOX]
            + box[_ARROW_IN_BOX + 1 :]
            + console.read(sym.wTopMenuItemY, 3)
            + bytes((console.byte(sym.wFontLoaded), console.byte(sym.wIsInBattle), self.cursor()))
        )
