"""Play a recorded attempt again: only its joypad changes and restores, no player, and every WRAM hash compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from agent_core.cartridge import Cartridge, open_cartridge
from agent_core.emulator import Emulator
from agent_core.recording import Check, Recording, ReplayError, Segment, read_recording

if TYPE_CHECKING:
    from PIL.Image import Image

GIF_BYTES = 1_000_000
"""Largest GIF: READMEs and web pages show it."""
GIF_PICTURES = 240
GIF_MILLISECONDS = 120
GREYS = bytes((0xFF, 0xFF, 0xFF, 0xAA, 0xAA, 0xAA, 0x55, 0x55, 0x55, 0, 0, 0))
"""The four shades of the console, lightest first (RGB triples)."""

__all__ = ["Mismatch", "ReplayError", "ReplayReport", "gif", "replay"]


class Mismatch(msgspec.Struct, frozen=True, kw_only=True):
    """A recorded hash that the replay did not reproduce."""

    seq: int
    turn: int
    frame: int
    event_type: str
    recorded: str
    replayed: str


class ReplayReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a replay found."""

    telemetry: Path
    run_id: str
    attempt: int
    events: int
    """Events played, whole lines only."""
    turns: int
    frame: int
    """The frame the replay ended at."""
    presses: int
    restores: int
    hashes_checked: int
    mismatches: tuple[Mismatch, ...]
    wram_hash: str
    finished: bool
    """True when the recording ends with the end of its session."""
    seconds: float

    @property
    def exact(self) -> bool:
        """True when every recorded hash was reproduced."""
        return not self.mismatches


def replay(
    telemetry: Path, cartridge: Path | None = None, at_turn: int | None = None, screenshot: Path | None = None
) -> ReplayReport:
    """Play the recorded inputs of an attempt from power-on and compare every recorded WRAM hash.

    `at_turn` stops at the end of that turn; `screenshot` names a PNG of the screen at the end. ReplayError (or
    CartridgeError) carries one sentence.
    """
    started = time.perf_counter()
    recording = read_recording(telemetry, at_turn)
    if at_turn is not None and recording.last_turn() < at_turn:
        raise ReplayError(f"{telemetry} has no turn {at_turn}; its last turn is {recording.last_turn()}.")
    with Emulator(_cartridge_of(recording, cartridge).rom) as emulator:
        player = RecordingPlayer(recording, emulator)
        player.play()
        if screenshot is not None:
            _save(emulator.screenshot(), screenshot)
        return ReplayReport(
            telemetry=telemetry,
            run_id=recording.run_id,
            attempt=recording.attempt,
            events=recording.events,
            turns=recording.last_turn(),
            frame=emulator.frame,
            presses=emulator.presses,
            restores=len(recording.segments) - 1,
            hashes_checked=player.checked,
            mismatches=tuple(player.mismatches),
            wram_hash=emulator.wram_hash(),
            finished=recording.finished,
            seconds=time.perf_counter() - started,
        )


def gif(
    telemetry: Path,
    out: Path,
    cartridge: Path | None = None,
    *,
    pictures: int = GIF_PICTURES,
    milliseconds: int = GIF_MILLISECONDS,
) -> Path:
    """Render an attempt as a GIF in four shades: at most `pictures` evenly spaced turns and under GIF_BYTES."""
    recording = read_recording(telemetry)
    turns = sorted({turn for segment in recording.segments for turn, _ in segment.turns})
    if not turns:
        raise ReplayError(f"{telemetry} has no turn to show.")
    shown: list[Image] = []
    with Emulator(_cartridge_of(recording, cartridge).rom) as emulator:
        step = -(-len(turns) // max(1, pictures))
        wanted = {*turns[::step], turns[-1]}
        RecordingPlayer(recording, emulator).play(wanted, lambda: shown.append(_four_shades(emulator.picture())))
    while True:
        _save(shown[0], out, save_all=True, append_images=shown[1:], duration=milliseconds, loop=0)
        if out.stat().st_size < GIF_BYTES or len(shown) < 3:
            return out
        shown = shown[::2]
        milliseconds *= 2


class RecordingPlayer:
    """Plays a script on a console that has just been switched on."""

    def __init__(self, recording: Recording, emulator: Emulator) -> None:
        self._recording = recording
        self._emulator = emulator
        self._snapshots: dict[int, bytes] = {}
        self.checked = 0
        self.mismatches: list[Mismatch] = []

    def play(self, pictures: Collection[int] = (), on_picture: Callable[[], None] | None = None) -> None:
        """Play to the end; `on_picture` is called when the end of a turn of `pictures` has been rendered."""
        for segment in self._recording.segments:
            frame = segment.restored_frame
            if frame is not None:
                self._snapshots = {taken: state for taken, state in self._snapshots.items() if taken <= frame}
                self._emulator.restore(self._snapshots[frame])
            self._play_segment(segment, pictures, on_picture)

    def _play_segment(self, segment: Segment, pictures: Collection[int], on_picture: Callable[[], None] | None) -> None:
        """Go through its moments by frame; at one frame pictures and hashes come before the joypad change."""
        emulator = self._emulator
        moments: list[tuple[int, int, Check | int]] = [
            *((frame, 0, turn) for turn, frame in segment.turns if turn in pictures),
            *((frame, 1, frame) for frame in set(segment.snapshots)),
            *((check.frame, 2, check) for check in segment.checks),
            *((frame, 3, mask) for frame, mask in segment.inputs),
        ]
        moments.sort(key=lambda moment: moment[:2])
        for frame, order, what in moments:
            ahead = frame - emulator.frame
            emulator.tick(ahead, render=order == 0)
            if isinstance(what, Check):
                self._compare(what)
            elif order == 3:
                emulator.hold(what)
            elif order == 1:
                self._snapshots[frame] = emulator.snapshot()
            elif ahead > 0 and on_picture is not None:
                on_picture()
        emulator.tick(segment.end - emulator.frame)

    def _compare(self, check: Check) -> None:
        self.checked += 1
        replayed = self._emulator.wram_hash()
        if replayed != check.wram_hash:
            self.mismatches.append(
                Mismatch(
                    seq=check.seq,
                    turn=check.turn,
                    frame=check.frame,
                    event_type=check.event_type,
                    recorded=check.wram_hash,
                    replayed=replayed,
                )
            )


def _cartridge_of(recording: Recording, path: Path | None) -> Cartridge:
    """The inserted cartridge, which must be the one that the recording was made with."""
    cartridge = open_cartridge(path)
    if cartridge.sha1 != recording.session.cartridge_sha1:
        raise ReplayError(
            f"{recording.telemetry} was recorded with cartridge {recording.session.cartridge_title} "
            f"(SHA-1 {recording.session.cartridge_sha1}), not with {cartridge.path.name}; insert that one."
        )
    return cartridge


def _four_shades(picture: Image) -> Image:
    """`picture` as a palette image with the console's four shades."""
    shades = picture.convert("L").point([3 - min(3, (level + 42) // 85) for level in range(256)])
    shades = shades.convert("P")
    shades.putpalette(GREYS)
    return shades


def _save(picture: Image, path: Path, **options: Any) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, **options)
    except OSError as error:
        raise ReplayError(f"The picture {path} cannot be written ({error.strerror}).") from error
