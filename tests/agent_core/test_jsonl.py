from __future__ import annotations

import errno
import logging
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.jsonl import FanOut, FileBusyError, JsonlFile, last_line, whole_lines, whole_size
from agent_core.telemetry import Event
from tests.agent_core.test_telemetry_lines import LINE, STEP


class Sink:
    def __init__(self, fail_at: int = -1, fail_on_close: bool = False) -> None:
        self.lines: list[bytes] = []
        self.calls = 0
        self.closed = False
        self.fail_at, self.fail_on_close = fail_at, fail_on_close

    def emit(self, line: bytes, event: Event) -> None:
        self.calls += 1
        if self.calls == self.fail_at:
            raise ConnectionError("the broker is gone")
        self.lines.append(line)

    def close(self) -> None:
        self.closed = True
        if self.fail_on_close:
            raise ConnectionError("the broker is gone")


def test_lines_are_on_disk_as_soon_as_they_are_appended(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    file = JsonlFile(path)
    file.append(b"one")
    assert path.read_bytes() == b"one\n"
    file.append(b"two")
    file.sync()
    assert list(whole_lines(path)) == [b"one", b"two"]
    assert list(whole_lines(path, 4)) == [b"two"]
    assert file.size == 8
    file.close()


@given(st.lists(st.binary(max_size=40).map(lambda text: text.replace(b"\n", b"")), max_size=5), st.binary(max_size=40))
def test_opening_again_cuts_a_torn_tail_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], tail: bytes
) -> None:
    path = tmp_path_factory.mktemp("torn") / "a.jsonl"
    tail = tail.replace(b"\n", b"")
    path.write_bytes(b"".join(line + b"\n" for line in lines) + tail)
    assert list(whole_lines(path)) == lines
    assert last_line(path) == (lines[-1] if lines else b"")
    file = JsonlFile(path)
    file.append(b"next")
    file.close()
    assert list(whole_lines(path)) == [*lines, b"next"]


def test_lines_longer_than_the_read_block_are_found_from_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 200_000 + b"\n" + b"y" * 150_000 + b"\n" + b"z" * 100_000)
    assert last_line(path) == b"y" * 150_000
    assert whole_size(path) == 350_002


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    file = JsonlFile(tmp_path / "a.jsonl")
    with pytest.raises(FileBusyError):
        JsonlFile(tmp_path / "a.jsonl")
    file.close()
    JsonlFile(tmp_path / "a.jsonl").close()


def test_a_file_that_cannot_be_cut_is_closed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"torn")

    def refuse(descriptor: int, size: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "ftruncate", refuse)
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(OSError, match="Input/output"):
        JsonlFile(path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize("partial", [True, False])
def test_a_full_disk_leaves_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, partial: bool) -> None:
    path = tmp_path / "a.jsonl"
    file = JsonlFile(path)
    file.append(b"whole")
    real_write = os.write

    def full(descriptor: int, text: bytes) -> int:
        if partial:
            return real_write(descriptor, text[:3])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError) as error:
            file.append(b"does not fit")
    assert error.value.errno == errno.ENOSPC
    assert path.read_bytes() == b"whole\n"
    file.append(b"fits again")
    assert path.read_bytes() == b"whole\nfits again\n"
    file.close()


def test_every_sink_gets_every_event_in_order() -> None:
    sinks = [Sink(), Sink()]
    fan_out = FanOut(sinks)
    for line in (b"1", b"2"):
        fan_out.emit(line, STEP)
    fan_out.close()
    assert [sink.lines for sink in sinks] == [[b"1", b"2"]] * 2
    assert all(sink.closed for sink in sinks)


def test_a_broken_sink_is_dropped_with_one_warning_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    broken, closing, sound = Sink(fail_at=2), Sink(fail_on_close=True), Sink()
    fan_out = FanOut([broken, closing, sound])
    with caplog.at_level(logging.WARNING):
        for _ in range(4):
            fan_out.emit(LINE, STEP)
        assert len(caplog.records) == 1
        fan_out.close()
    assert (broken.calls, len(sound.lines)) == (2, 4)
    assert (broken.closed, sound.closed) == (False, True)
    assert [record.getMessage() for record in caplog.records] == [
        "Sink failed and gets no more events of this run: the broker is gone"
    ] * 2
