"""Checkpoints: all that a killed run needs to go on, written so that a reader sees a whole one or none."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import msgspec

from agent_core.tally import Tally

VERSION = 1


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a run between two turns."""

    version: int = VERSION
    event_id: str
    """Of the last event written before it; names run, attempt and seq."""
    seq: int
    offset: int
    """Bytes of the telemetry file at that moment."""
    occurred_at: str
    frame: int
    presses: int
    frames_run: int
    inputs: list[tuple[int, int]]
    """Joypad changes that no event carries yet."""
    emulator: bytes
    player: bytes
    tally: Tally
    wram_hash: str


def save(path: Path, checkpoint: Checkpoint) -> None:
    """Replace the checkpoint of an attempt in one step."""
    temporary = path.with_suffix(".new")
    with temporary.open("wb") as file:
        file.write(zlib.compress(msgspec.msgpack.encode(checkpoint), 1))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def load(path: Path) -> Checkpoint | None:
    """The checkpoint of an attempt; None when there is none or it cannot be used."""
    try:
        checkpoint = msgspec.msgpack.decode(zlib.decompress(path.read_bytes()), type=Checkpoint)
    except (FileNotFoundError, zlib.error, msgspec.DecodeError):
        return None
    return checkpoint if checkpoint.version == VERSION else None
