"""From power-on to the first step: title, main menu, speech and naming, each press verified (gen1 4.2)."""

from __future__ import annotations

from collections.abc import Callable

from agent_core.emulator import DOWN, START, A
from agent_core.gen1 import symbols as sym
from agent_core.gen1.maps import Atlas
from agent_core.gen1.state import WINDOW_CLOSED, StateReader
from agent_core.gen1.text import SCREEN_SIZE
from agent_core.ui import TEXT_STILL, Pad, menu_kind, toward

PRESS_LIMIT = 600
QUIET_FRAMES = 24
PICTURE_LIMIT = 600
PRESET_NAME = 1
"""Row of the first ready-made name; row 0 would open the naming screen."""

Told = Callable[[str, str], None]
"""Reports one press of the intro: the screen, the action."""


class IntroError(Exception):
    """One sentence: the game did not get from power-on to the first step."""


class Intro:
    """Plays the screens before the game proper; knows none of them by their time."""

    def __init__(self, pad: Pad, reader: StateReader, atlas: Atlas) -> None:
        self._pad = pad
        self._reader = reader
        self._atlas = atlas

    def play(self, told: Told, seed: int = 0) -> None:
        """Wait for the first picture, then `seed` frames, then press on until the character obeys.

        Frames waited before there is a picture would be lost: nobody listens yet, so every seed would play alike.
        """
        self._first_picture()
        self._pad.console.tick(seed)
        for _ in range(PRESS_LIMIT):
            if self.in_world():
                self._pad.release()
                return
            told(*self._press())
        raise IntroError(f"The game did not reach its first step after {PRESS_LIMIT} presses.")

    def in_world(self) -> bool:
        """Input is ready and the screen shows the cells around the character as the ROM has them."""
        state = self._reader.read()
        game_map = self._atlas.maps.get(state.map_id)
        if not state.ready or game_map is None or state.faults or state.window_y != WINDOW_CLOSED:
            return False
        screen = self._reader.screen()
        for dx, dy in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1)):
            x, y = state.x + dx, state.y + dy
            if game_map.inside(x, y) and screen.tile(8 + 2 * dx, 9 + 2 * dy) != game_map.tile(x, y):
                return False
        return game_map.inside(state.x, state.y) and bool(self._pad.console.byte(sym.wSpriteStateData1))

    def _press(self) -> tuple[str, str]:
        screen, menu = self._reader.screen(), self._reader.menu()
        kind = menu_kind(screen, menu)
        if kind == "main":
            button = toward(menu, menu.maximum - 1)
            self._menu(button)
            return "main_menu", "choose" if button == A else "move"
        if kind == "names":
            button = toward(menu, PRESET_NAME)
            self._menu(button)
            return "name_list", "choose" if button == A else "move"
        if kind == "naming":
            typed = self._pad.console.byte(sym.wNamingScreenNameLength)
            self._menu(START if typed else A)
            return "naming", "submit" if typed else "type"
        if kind == "two_option":
            self._menu(A)
            return "question", "choose"
        if kind:
            self._menu(START)
            return "menu", "start"
        if screen.message_box:
            self._text()
            return "text", "advance"
        self._pad.push(START)
        self._pad.release()
        self._quiet()
        return "title", "start"

    def _first_picture(self) -> None:
        """Until wTileMap shows more than one tile."""
        console = self._pad.console
        for _ in range(0, PICTURE_LIMIT, 2):
            console.tick(2)
            if len(set(console.read(sym.wTileMap, SCREEN_SIZE))) > 1:
                return

    def _menu(self, button: int) -> None:
        self._pad.choose(button)
        if button not in (DOWN,):
            self._quiet()

    def _text(self) -> None:
        self._pad.choose(A)
        self._quiet(TEXT_STILL)

    def _quiet(self, patience: int = QUIET_FRAMES) -> None:
        """Wait until the screen has not changed for `patience` frames, a cursor waits, or the world is there."""
        console = self._pad.console
        quiet, last = 0, b""
        for _ in range(300):
            console.tick(2)
            tiles = console.read(sym.wTileMap, SCREEN_SIZE)
            quiet = quiet + 2 if tiles == last else 0
            last = tiles
            if quiet >= patience or (quiet >= 4 and (self._pad.cursor() or self._pad.arrow())):
                return
