"""A console whose game is a function: it sees the held buttons and changes RAM, frame by frame."""

from __future__ import annotations

from collections.abc import Callable

from agent_core.gen1 import symbols as sym
from agent_core.gen1.text import CURSOR, SCREEN_SIZE, SPACE
from tests.agent_core.small_world import FlatMemory

Game = Callable[["FakeConsole"], None]


def idle(console: FakeConsole) -> None:
    """A game that does nothing."""


class FakeConsole(FlatMemory):
    """RAM, a held mask and a game that runs once a frame."""

    def __init__(self, game: Game = idle) -> None:
        super().__init__()
        self.game = game
        self.held = 0
        self.frame = 0
        self.last = 0
        """Mask of the frame before."""
        self.pressed: list[int] = []
        """Masks in the order in which they were newly pushed."""
        self.put(sym.wCurMapHeight, 20, 20)
        self.put(sym.hWY, 0x90)
        self.clear()

    def hold(self, mask: int) -> None:
        self.held = mask

    def tick(self, frames: int = 1) -> None:
        for _ in range(frames):
            if self.held & ~self.last:
                self.pressed.append(self.held)
            self.game(self)
            self.last = self.held
            self.frame += 1

    def clear(self) -> None:
        self.put(sym.wTileMap, *([SPACE] * SCREEN_SIZE))

    def tile(self, x: int, y: int, *values: int) -> None:
        self.put(sym.wTileMap + 20 * y + x, *values)

    def box(self) -> None:
        """The message box, with the font loaded."""
        self.put(sym.wFontLoaded, 1)
        for x, y, tile in ((0, 12, 0x79), (19, 12, 0x7B), (0, 17, 0x7D), (19, 17, 0x7E)):
            self.tile(x, y, tile)

    def menu(self, x: int, y: int, *, current: int = 0, maximum: int = 1, step: int = 2, box: int = 0) -> None:
        """A cursor menu whose first row is at (x, y)."""
        self.put(sym.wTopMenuItemY, y, x, current, SPACE, maximum, 0x01)
        self.put(sym.wTextBoxID, box)
        for row in range(maximum + 1):
            if y + step * row < 18:
                self.tile(x, y + step * row, SPACE)
        self.tile(x, y + step * current, CURSOR)
