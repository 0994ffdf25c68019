"""The only owner of PyBoy: frames, held buttons, memory slices, snapshots and pictures of one running cartridge.

Everything is deterministic: the state after any number of frames is a function of the ROM and of the joypad changes.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any

import msgspec


@contextmanager
def _without_sdl() -> Iterator[None]:
    """Let PyBoy find no SDL, which it allows: windows are never opened, and loading their library takes 0.3 s."""
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]  # None says "cannot be imported"
    present = "sdl2" in modules
    modules.setdefault("sdl2", None)
    try:
        yield
    finally:
        if not present:
            del modules["sdl2"]


with _without_sdl():
    from pyboy import PyBoy

if TYPE_CHECKING:
    from PIL.Image import Image

FRAMES_PER_SECOND = 4_194_304 / 70_224
"""Frames in one second of game time: CPU clock / cycles of one frame (59.7275)."""

A, B, SELECT, START, RIGHT, LEFT, UP, DOWN = (1 << bit for bit in range(8))
"""Joypad masks as the game keeps them (hJoyHeld, gen1 0.1)."""

BUTTON_NAMES = ("a", "b", "select", "start", "right", "left", "up", "down")
WRAM_START, WRAM_LENGTH = 0xC000, 0x2000


class Snapshot(msgspec.Struct, frozen=True, array_like=True):
    """A save state with what PyBoy does not keep in it."""

    frame: int
    held: int
    applied: int
    state: bytes


def _switch_on(rom: bytes) -> Any:
    """A silent, headless PyBoy at unlimited speed."""
    console: Any = PyBoy
    pyboy = console(io.BytesIO(rom), window="null", sound_emulated=False, cgb=False, log_level="CRITICAL")
    pyboy.set_emulation_speed(0)
    return pyboy


class Emulator:
    """One cartridge in one headless console: no picture, no sound, unlimited speed."""

    def __init__(self, rom: bytes) -> None:
        self._pyboy = _switch_on(rom)
        self._memory = self._pyboy.memory
        self._tick = self._pyboy.tick
        self._held = 0
        self._applied = 0
        self._inputs: list[tuple[int, int]] = []
        self._hash = ""
        self.frame = 0
        """Frames since power-on; goes back when a snapshot is restored."""
        self.frames_run = 0
        """Frames emulated by this object; never goes back."""
        self.presses = 0
        """Buttons pushed so far (0 -> 1 edges that the console saw); never goes back."""

    def __enter__(self) -> Emulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Switch the console off; battery RAM is not written anywhere."""
        self._pyboy.stop(save=False)

    def tick(self, frames: int = 1, *, render: bool = False) -> None:
        """Run `frames` frames with the buttons that are held now; `render` draws the last of them for `picture`."""
        if frames < 1:
            return
        if self._held != self._applied:
            self._apply()
        self._tick(frames, render, False)
        self._hash = ""
        self.frame += frames
        self.frames_run += frames

    def hold(self, mask: int) -> None:
        """Hold exactly the buttons of `mask` (gen1 0.1) from the next frame on.

        A change that no frame sees (held and let go without a tick) is no press and is not recorded.
        """
        self._held = mask & 0xFF

    @property
    def held(self) -> int:
        """Mask of the buttons that the next frame will see."""
        return self._held

    def _apply(self) -> None:
        """Hand the joypad differences to PyBoy, which acts on them at the start of its next frame."""
        pressed = self._held & ~self._applied
        released = self._applied & ~self._held
        for bit, name in enumerate(BUTTON_NAMES):
            if pressed >> bit & 1:
                self._pyboy.button_press(name)
            elif released >> bit & 1:
                self._pyboy.button_release(name)
        self.presses += pressed.bit_count()
        self._applied = self._held
        self._inputs.append((self.frame, self._held))

    def drain_inputs(self) -> list[tuple[int, int]]:
        """Joypad changes since the last drain: (frame, mask held from that frame on)."""
        inputs = self._inputs
        self._inputs = []
        return inputs

    def read(self, start: int, length: int) -> bytes:
        """`length` bytes of the address space from `start` in one slice."""
        return bytes(self._memory[start : start + length])

    def byte(self, address: int) -> int:
        """One byte of the address space."""
        value: int = self._memory[address]
        return value

    def snapshot(self) -> bytes:
        """The whole state of the console, to restore into this or another Emulator of the same ROM (~16 ms)."""
        state = io.BytesIO()
        self._pyboy.save_state(state)
        return msgspec.msgpack.encode(Snapshot(self.frame, self._held, self._applied, state.getvalue()))

    def restore(self, state: bytes) -> None:
        """Go back to a snapshot; joypad changes not yet drained belong to the abandoned future and are dropped."""
        snapshot = msgspec.msgpack.decode(state, type=Snapshot)
        self._pyboy.load_state(io.BytesIO(snapshot.state))
        self._hash = ""
        self.frame = snapshot.frame
        self._held = snapshot.held
        self._applied = snapshot.applied
        self._inputs = []

    def pending_inputs(self) -> list[tuple[int, int]]:
        """Joypad changes that nobody has drained yet, for a checkpoint."""
        return list(self._inputs)

    def resume(self, state: bytes, *, presses: int, frames_run: int, inputs: list[tuple[int, int]]) -> None:
        """Go on from a checkpoint of another process, counters included."""
        self.restore(state)
        self.presses = presses
        self.frames_run = frames_run
        self._inputs = list(inputs)

    def screenshot(self) -> Image:
        """The picture on the LCD (160 x 144), rendered on a copy of the state: the run is not changed."""
        state = io.BytesIO()
        self._pyboy.save_state(state)
        self._tick(1, True, False)
        picture = self.picture()
        state.seek(0)
        self._pyboy.load_state(state)
        return picture

    def picture(self) -> Image:
        """The last rendered frame (160 x 144)."""
        picture: Image = self._pyboy.screen.image.convert("RGB")
        return picture

    def wram_hash(self) -> str:
        """SHA-256 (hex) of work RAM C000-DFFF, the identity of a moment of a run.

        Several events of one moment share it, and reading 8 KiB costs 0.2 ms, so it is kept until the next frame.
        """
        if not self._hash:
            self._hash = hashlib.sha256(self.read(WRAM_START, WRAM_LENGTH)).hexdigest()
        return self._hash
