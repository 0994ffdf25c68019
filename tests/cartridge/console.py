"""A Game Boy with the practice cartridge for tests: button presses in, RAM reads out."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pyboy import PyBoy

from agent_core.gen1 import symbols as ram

ROM: Final = Path(__file__).parents[2] / "agent_core" / "practice.gb"
BEDROOM: Final = 38
WAYS: Final = {"u": "up", "d": "down", "l": "left", "r": "right"}
GLYPHS: Final = (
    {0x80 + n: chr(65 + n) for n in range(26)}
    | {0xA0 + n: chr(97 + n) for n in range(26)}
    | {0xF6 + n: str(n) for n in range(10)}
    | {0x7F: " ", 0xED: ">"}
)
NEW_NAME: Final = bytes([0x8D, 0x84, 0x96, 0x7F, 0x8D])


class Console:
    """The emulator and the few presses every test needs; `frame` counts since power-on."""

    def __init__(self, rom: bytes | None = None) -> None:
        image = ROM.read_bytes() if rom is None else rom
        self.pyboy = PyBoy(io.BytesIO(image), window="null", sound_emulated=False)
        self.pyboy.set_emulation_speed(0)
        self.frame = 0

    def tick(self, frames: int = 1) -> None:
        """Let frames pass with the buttons as they are."""
        self.pyboy.tick(frames, False, False)
        self.frame += frames

    def hold(self, button: str) -> None:
        """Press a button and keep it."""
        self.pyboy.button_press(button)

    def release(self, button: str) -> None:
        """Let a button go."""
        self.pyboy.button_release(button)

    def press(self, button: str, frames: int = 4, after: int = 8) -> None:
        """Press and release a button."""
        self.hold(button)
        self.tick(frames)
        self.release(button)
        self.tick(after)

    def byte(self, address: int) -> int:
        """One byte of RAM."""
        return int(self.pyboy.memory[address])

    def read(self, address: int, size: int) -> bytes:
        """A slice of RAM."""
        return bytes(self.pyboy.memory[address : address + size])

    def rom(self, bank: int, address: int) -> int:
        """One byte of the cartridge."""
        return int(self.pyboy.memory[bank, address])

    @property
    def place(self) -> tuple[int, int, int]:
        """Map, x, y."""
        return self.byte(ram.wCurMap), self.byte(ram.wXCoord), self.byte(ram.wYCoord)

    @property
    def ready(self) -> bool:
        """Input is ready (gen1 3.1)."""
        return not (
            self.byte(ram.wWalkCounter)
            or self.byte(ram.wJoyIgnore)
            or self.byte(ram.wStatusFlags5) & 0xA1
            or self.byte(ram.wSimulatedJoypadStatesIndex)
            or self.byte(ram.wNPCMovementScriptPointerTableNum)
            or self.byte(ram.wFontLoaded) & 0x01
            or self.byte(ram.wIsInBattle)
            or self.byte(ram.wMovementFlags) & 0xC2
            or self.byte(ram.wMiscFlags) & 0x01
            or self.byte(ram.wStatusFlags6) & 0x1C
            or self.byte(ram.wIgnoreInputCounter)
        )

    def wait_ready(self, limit: int = 400) -> None:
        """Let frames pass until input is ready."""
        for _ in range(limit):
            if self.ready:
                return
            self.tick()
        raise AssertionError(f"no input accepted for {limit} frames at {self.place}")

    def boot(self) -> None:
        """Power-on to the bedroom: title, new game, preset names."""
        self.tick(150)
        for _ in range(400):
            if self.place[0] == BEDROOM and self.byte(ram.hWY) == 0x90 and self.ready:
                self.tick(40)
                self.wait_ready()
                return
            if self.read(ram.wTileMap + 42, len(NEW_NAME)) == NEW_NAME and self.byte(ram.wCurrentMenuItem) == 0:
                self.press("down")
            self.press("a")
        raise AssertionError("the new game did not begin")

    def step(self, way: str, patient: bool = True) -> bool:
        """Hold a direction until the place changes (or 40 frames); patient: then wait for input; True = it changed."""
        before = self.place
        self.hold(WAYS[way])
        for _ in range(40):
            self.tick()
            if self.place != before:
                break
        self.release(WAYS[way])
        self.tick(3)
        if patient:
            self.wait_ready()
        return self.place != before

    def walk(self, path: str) -> None:
        """Steps that must all succeed; a press may first turn."""
        for number, way in enumerate(path):
            for _ in range(12):
                if self.step(way):
                    break
                self.tick(30)
            else:
                raise AssertionError(f"blocked at {self.place} on step {number} of {path}")

    @property
    def screen(self) -> str:
        """The tile buffer as letters, twenty columns a row."""
        return "".join(GLYPHS.get(tile, "." if tile >= 0x60 else "_") for tile in self.read(ram.wTileMap, 360))

    def play_until(self, done: Callable[[], bool], limit: int = 500) -> None:
        """Answer every text, menu and battle with A (names and nicknames as they come) until `done` holds."""
        for _ in range(limit):
            if self.ready:
                self.tick(30)
                if self.ready and done():
                    return
            screen = self.screen
            if "lower case" in screen or "UPPER CASE" in screen:
                self.press("start", 3, 20)
            elif ">YES" in screen and self.byte(ram.wPartyCount):
                self.press("b", 3, 20)
            else:
                self.press("a", 3, 20)
        raise AssertionError(f"the story stands still at {self.place}: {self.screen}")

    def walk_out(self, limit: int = 40) -> None:
        """Out of the laboratory; the rival stops the player on the way and is fought."""
        for _ in range(limit):
            if self.place[0] != 40:
                break
            if not self.ready:
                self.play_until(lambda: True)
                continue
            self.step("l" if self.place[1] > 5 else "d", patient=False)
        self.tick(60)
        self.wait_ready()

    def save(self) -> bytes:
        """The whole machine."""
        state = io.BytesIO()
        self.pyboy.save_state(state)
        return state.getvalue()

    def load(self, state: bytes) -> None:
        """Go back to a saved machine."""
        self.pyboy.load_state(io.BytesIO(state))
