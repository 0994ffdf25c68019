"""The JSONL file of one attempt: whole lines only, one writer, torn tails cut."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from agent_core.telemetry import Event, EventSink

LOG = logging.getLogger(__name__)


class FileBusyError(OSError):
    """Another process is writing this file."""


class JsonlFile:
    """Appends lines, each by one write, so that a process killed at any instant leaves whole lines behind it.

    The kernel may still cut a line (power loss, kill inside a page); opening the file again removes such a tail.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.size = whole_size(path)
            if self.size != os.fstat(self._fd).st_size:
                os.ftruncate(self._fd, self.size)
        except BlockingIOError:
            os.close(self._fd)
            raise FileBusyError(errno.EBUSY, "another process is writing it", str(path)) from None
        except OSError:
            os.close(self._fd)
            raise

    def append(self, line: bytes) -> None:
        """Write `line` and its newline; on failure (disk full) the file ends with the last whole line."""
        text = line + b"\n"
        try:
            written = os.write(self._fd, text)
            if written != len(text):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
        except OSError:
            os.ftruncate(self._fd, self.size)
            raise
        self.size += written

    def sync(self) -> None:
        """Let the lines survive a power loss."""
        os.fsync(self._fd)

    def close(self) -> None:
        os.close(self._fd)


class FanOut:
    """Hands events to many sinks; one that raises is dropped with a single warning, and the game goes on."""

    def __init__(self, sinks: Sequence[EventSink]) -> None:
        self._sinks = list(sinks)

    def emit(self, line: bytes, event: Event) -> None:
        for sink in tuple(self._sinks):
            try:
                sink.emit(line, event)
            except Exception as error:
                self._drop(sink, error)

    def close(self) -> None:
        for sink in tuple(self._sinks):
            try:
                sink.close()
            except Exception as error:
                self._drop(sink, error)

    def _drop(self, sink: EventSink, error: Exception) -> None:
        self._sinks.remove(sink)
        LOG.warning("%s failed and gets no more events of this run: %s", type(sink).__name__, error)


def whole_size(path: Path) -> int:
    """Bytes of `path` up to and with its last newline."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - 65_536)
            file.seek(start)
            newline = file.read(end - start).rfind(b"\n")
            if newline >= 0:
                return start + newline + 1
            end = start
    return 0


def whole_lines(path: Path, start: int = 0) -> Iterator[bytes]:
    """The lines of `path` from byte `start` on, without newlines; a torn last line is left out."""
    with path.open("rb") as file:
        file.seek(start)
        for line in file:
            if line.endswith(b"\n"):
                yield line[:-1]


def last_line(path: Path) -> bytes:
    """The last whole line of `path`, empty when there is none."""
    size = whole_size(path)
    with path.open("rb") as file:
        end = size - 1
        pieces: list[bytes] = []
        while end > 0:
            start = max(0, end - 65_536)
            file.seek(start)
            piece = file.read(end - start)
            newline = piece.rfind(b"\n")
            pieces.append(piece[newline + 1 :])
            if newline >= 0:
                break
            end = start
    return b"".join(reversed(pieces))
