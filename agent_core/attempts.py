"""The attempts of a run on disk: their names, their numbers and whether they are finished."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from agent_core.jsonl import last_line, whole_lines
from agent_core.telemetry import BadLineError, RawEvent, Session, decode_envelope, decode_line

RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


class Attempt(msgspec.Struct, frozen=True):
    """One attempt of a run: the file names that belong to it."""

    data_dir: Path
    run_id: str
    number: int

    @property
    def telemetry(self) -> Path:
        return game_folder(self.data_dir) / f"{self.run_id}.{self.number}.jsonl"

    @property
    def checkpoint(self) -> Path:
        return self.telemetry.with_suffix(".checkpoint")

    @property
    def frames(self) -> Path:
        """Folder of its pictures."""
        return self.data_dir / "frames" / f"{self.run_id}.{self.number}"

    def finished(self) -> bool:
        """True when its last whole line is the end of the session."""
        line = last_line(self.telemetry)
        return bool(line) and _is_end(line)


def game_folder(data_dir: Path) -> Path:
    """Where the telemetry of runs lies."""
    return data_dir / "telemetry" / "game"


def attempts(data_dir: Path, run_id: str) -> list[Attempt]:
    """The attempts of a run, oldest first."""
    pattern = re.compile(re.escape(run_id) + r"\.([1-9]\d{0,8})\.jsonl")
    folder = game_folder(data_dir)
    if not folder.is_dir():
        return []
    matches = (pattern.fullmatch(path.name) for path in folder.iterdir())
    return [Attempt(data_dir, run_id, number) for number in sorted(int(match[1]) for match in matches if match)]


def recorded(path: Path, start: int = 0) -> Iterator[RawEvent]:
    """The envelopes of the whole lines of an attempt from byte `start` on; BadLineError for a damaged line."""
    for line in whole_lines(path, start):
        yield decode_envelope(line)


def _is_end(line: bytes) -> bool:
    try:
        data = decode_line(line).data
    except BadLineError:
        return False
    return isinstance(data, Session) and data.phase == "end"
