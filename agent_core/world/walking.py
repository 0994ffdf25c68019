"""One step of the character: hold the direction, watch the coordinates, notice every interruption (gen1 3.2-3.9)."""

from __future__ import annotations

from typing import Literal

from agent_core.emulator import DOWN as PAD_DOWN
from agent_core.emulator import LEFT as PAD_LEFT
from agent_core.emulator import RIGHT as PAD_RIGHT
from agent_core.emulator import UP as PAD_UP
from agent_core.gen1 import symbols as sym
from agent_core.gen1.maps import DOWN, LEFT, RIGHT, UP
from agent_core.gen1.state import StateReader
from agent_core.ui import Console
from agent_core.world.graph import CARPET, CONNECTION, LEDGE, WALK

PAD = {DOWN: PAD_DOWN, UP: PAD_UP, LEFT: PAD_LEFT, RIGHT: PAD_RIGHT}
"""Joypad mask of each facing."""

REFUSED_FRAMES = 10
STEP_LIMIT = 48
WARP_LIMIT = 300
LEDGE_LIMIT = 90
CONNECTION_FRAMES = 30
POLL_FRAMES = 4

Outcome = Literal["moved", "refused", "warped", "interrupted"]


class Walker:
    """Moves the character of one console."""

    def __init__(self, console: Console, reader: StateReader) -> None:
        self._console = console
        self._reader = reader

    def step(self, facing: int, kind: str) -> Outcome:
        """Take one edge. The direction stays held after a plain step, so that the next one follows without a pause."""
        console = self._console
        before = self._place()
        console.hold(PAD[facing])
        outcome = self._cell_left(before, kind)
        if kind in (WALK, CONNECTION):
            if outcome != "moved":
                console.hold(0)
            elif kind == CONNECTION:
                self._onto_neighbour(before[0])
            return outcome
        if outcome == "refused":
            console.hold(0)
            return outcome
        if kind == LEDGE:
            console.hold(0)
            return "moved" if self._until_ready(LEDGE_LIMIT) else "interrupted"
        return self._through_warp(before[0])

    def face(self, facing: int) -> bool:
        """Turn to `facing` without leaving the cell when the cell ahead is free; False when it did not work."""
        console = self._console
        if console.byte(sym.wSpritePlayerStateData1FacingDirection) == facing:
            console.hold(0)
            return True
        if console.held:
            console.hold(0)
            console.tick(POLL_FRAMES)
        console.hold(PAD[facing])
        for _ in range(6):
            console.tick(1)
            if console.byte(sym.wSpritePlayerStateData1FacingDirection) == facing:
                break
        console.hold(0)
        console.tick(POLL_FRAMES)
        return console.byte(sym.wSpritePlayerStateData1FacingDirection) == facing

    def _place(self) -> bytes:
        core = self._console.read(sym.wCurMap, 5)
        return bytes((core[0], core[3], core[4]))

    def _cell_left(self, before: bytes, kind: str) -> Outcome:
        """Run until the coordinates change, which is the end of the step."""
        console = self._console
        spent = 0
        while spent < STEP_LIMIT:
            counter = console.byte(sym.wWalkCounter)
            frames = 2 * counter - 1 if counter > 1 else 1
            console.tick(frames)
            spent += frames
            if self._place() != before:
                return "moved"
            if not counter and spent >= REFUSED_FRAMES and not console.byte(sym.wWalkCounter):
                if console.byte(sym.wIsInBattle) or console.byte(sym.wFontLoaded) & 1:
                    return "interrupted"
                if self._scene():
                    return "moved" if kind in (LEDGE, CARPET) else "interrupted"
                if kind != CARPET:
                    return "refused"
        return "moved" if kind == CARPET else "refused"

    def _onto_neighbour(self, map_id: int) -> None:
        """Off the edge the coordinates point outside for a moment; run until the neighbour's map has its own."""
        for _ in range(CONNECTION_FRAMES):
            if self._console.byte(sym.wCurMap) != map_id:
                return
            self._console.tick(1)

    def _scene(self) -> bool:
        console = self._console
        return bool(
            console.byte(sym.wJoyIgnore)
            or console.byte(sym.wStatusFlags5) & 0xA1
            or console.byte(sym.wMovementFlags) & 0x42
            or console.byte(sym.wCurOpponent)
        )

    def _through_warp(self, map_id: int) -> Outcome:
        """Hold on until the map changes, then let go and wait for the other side."""
        console = self._console
        for _ in range(0, WARP_LIMIT, POLL_FRAMES):
            if console.byte(sym.wCurMap) != map_id:
                console.hold(0)
                return "warped" if self._until_ready(WARP_LIMIT) else "interrupted"
            if console.byte(sym.wIsInBattle) or console.byte(sym.wFontLoaded) & 1 or console.byte(sym.wCurOpponent):
                break
            console.tick(POLL_FRAMES)
        console.hold(0)
        return "interrupted"

    def _until_ready(self, limit: int) -> bool:
        console = self._console
        for _ in range(0, limit, POLL_FRAMES):
            state = self._reader.read()
            if state.ready:
                return True
            if state.text_open or state.in_battle:
                return False
            console.tick(POLL_FRAMES)
        return False
