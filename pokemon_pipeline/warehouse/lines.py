"""Telemetry lines from disk to typed rows: what is whole and right becomes a row, all else a reason for quarantine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from agent_core import telemetry

MAX_LINE = telemetry.LONGEST_LINE
QUARANTINED_TEXT = 200
"""Characters of a bad line that are kept."""

Count = Annotated[int, msgspec.Meta(ge=0, le=(1 << 53) - 1)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Row = dict[str, Any]


class QuarantineError(Exception):
    """Why a line cannot be a row: a category that can be counted, and the detail."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Line(NamedTuple):
    offset: int
    content: bytes | None
    """The bytes without the newline; None when the line is longer than MAX_LINE."""
    head: bytes
    """The first bytes of an oversized line."""
    end: int
    """Offset of the next line."""


def whole_lines(path: Path, offset: int) -> Iterator[Line]:
    """The lines from `offset` on that end in a newline; a torn last line is left for a later visit."""
    with path.open("rb") as file:
        file.seek(offset)
        while content := file.readline(MAX_LINE + 1):
            start, offset = offset, offset + len(content)
            if content.endswith(b"\n"):
                yield Line(start, content[:-1], b"", offset)
                continue
            head = content[: 4 * QUARANTINED_TEXT]
            while content and not content.endswith(b"\n"):
                content = file.readline(MAX_LINE)
                offset += len(content)
            if not content:
                return
            yield Line(start, None, head, offset)


def readable(content: bytes) -> str:
    """The beginning of a bad line as text that any database takes."""
    text = content[: 4 * QUARANTINED_TEXT].decode("utf-8", errors="backslashreplace").replace("\x00", "\\x00")
    return text[:QUARANTINED_TEXT]


class _Schema(msgspec.Struct, frozen=True):
    """The least that a telemetry line of anybody has."""

    schema: Any = None


class _Bucket(msgspec.Struct, frozen=True):
    role: str = ""
    model: str = ""
    provider: str = ""
    agent_name: str | None = None


class _Usage(msgspec.Struct, frozen=True):
    """Token counts under Tapes' names and under those of the original's own publisher."""

    prompt_tokens: Count | None = None
    completion_tokens: Count | None = None
    total_tokens: Count | None = None
    cache_creation_input_tokens: Count | None = None
    cache_read_input_tokens: Count | None = None
    input_tokens: Count | None = None
    output_tokens: Count | None = None


class _Node(msgspec.Struct, frozen=True):
    bucket: _Bucket
    hash: str | None = None
    parent_hash: str | None = None
    stop_reason: str | None = None
    usage: _Usage | None = None
    project: str | None = None


class _NodeEvent(msgspec.Struct, frozen=True):
    schema: Literal["tapes.node.v1"]
    root_hash: Name
    occurred_at: str
    node: _Node
    type: Literal["node", "fitness"] = "node"


class _Alert(msgspec.Struct, frozen=True):
    schema: Literal["pokemon.alert.v1"]
    alert_id: Name
    source: Literal["flink", "duckdb"]
    alert_type: Name
    window_start: datetime
    window_end: datetime
    event_count: Count
    detail: str = ""
    root_hash: str | None = None
    run_id: str | None = None


_schema = msgspec.json.Decoder(_Schema)
_node = msgspec.json.Decoder(_NodeEvent)
_alert = msgspec.json.Decoder(_Alert)
_data: dict[str, msgspec.json.Decoder[Any]] = {
    name: msgspec.json.Decoder(struct) for struct, name in telemetry.EVENT_TYPES.items()
}


def _utc(moment: datetime, field: str) -> datetime:
    if moment.tzinfo is None:
        raise QuarantineError("wrong schema", f"{field} has no time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise QuarantineError("wrong schema", f"{field} is outside the calendar") from None


def game_row(line: bytes) -> Row:
    """One `pokemon.game.v1` event; `data` stays JSON, checked against the type that `event_type` names."""
    event = telemetry.decode_envelope(line)
    data = bytes(event.data)
    _data[event.event_type].decode(data)
    return {
        "event_id": event.event_id,
        "run_id": event.run_id,
        "attempt": event.attempt,
        "seq": event.seq,
        "turn": event.turn,
        "frame": event.frame,
        "occurred_at": _moment(event.occurred_at),
        "event_type": event.event_type,
        "data": data.decode("utf-8"),
    }


def _moment(text: str) -> datetime:
    """RFC 3339 as Tapes writes it (nanoseconds, any offset) and the original's invalid `+00:00Z`."""
    try:
        return _utc(datetime.fromisoformat(text.removesuffix("Z") if text.endswith("+00:00Z") else text), "occurred_at")
    except ValueError:
        raise QuarantineError("wrong schema", f"occurred_at is not a time: {text[:60]!r}") from None


def llm_row(line: bytes) -> Row:
    """One `tapes.node.v1` event (facts of Tapes, section 5), or the original's fitness event of the same schema."""
    event = _node.decode(line)
    usage = event.node.usage or _Usage()
    return {
        "event_id": event.node.hash or hashlib.sha256(line).hexdigest(),
        "event_type": event.type,
        "root_hash": event.root_hash,
        "occurred_at": _moment(event.occurred_at),
        "node_hash": event.node.hash,
        "parent_hash": event.node.parent_hash,
        "role": event.node.bucket.role,
        "model": event.node.bucket.model,
        "provider": event.node.bucket.provider,
        "agent_name": event.node.bucket.agent_name,
        "stop_reason": event.node.stop_reason,
        "project": event.node.project,
        "prompt_tokens": usage.input_tokens if usage.prompt_tokens is None else usage.prompt_tokens,
        "completion_tokens": usage.output_tokens if usage.completion_tokens is None else usage.completion_tokens,
        "total_tokens": usage.total_tokens,
        "cache_creation_input_tokens": usage.cache_creation_input_tokens,
        "cache_read_input_tokens": usage.cache_read_input_tokens,
        "data": line.decode("utf-8"),
    }


def alert_row(line: bytes) -> Row:
    """One `pokemon.alert.v1` alert; `source` says who raised it, `alert_id` makes it unique."""
    alert = _alert.decode(line)
    return {
        "alert_id": alert.alert_id,
        "source": alert.source,
        "alert_type": alert.alert_type,
        "run_id": alert.run_id,
        "root_hash": alert.root_hash,
        "detail": alert.detail,
        "window_start": _utc(alert.window_start, "window_start"),
        "window_end": _utc(alert.window_end, "window_end"),
        "event_count": alert.event_count,
    }


@dataclass(frozen=True)
class Kind:
    """A kind of telemetry file: the schema its lines carry and how one becomes a row."""

    schema: str
    row: Callable[[bytes], Row]


GAME = Kind("pokemon.game.v1", game_row)
LLM = Kind("tapes.node.v1", llm_row)
ALERT = Kind("pokemon.alert.v1", alert_row)


def parse(kind: Kind, line: Line) -> Row | None:
    """The row of a line; None for a blank one; QuarantineError when it has to be quarantined."""
    content = line.content
    if content is None:
        raise QuarantineError("oversized", f"{line.end - line.offset} bytes; the limit is {MAX_LINE}")
    if not content.strip():
        return None
    try:
        return kind.row(content)
    except QuarantineError:
        raise
    except (telemetry.BadLineError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _reason(kind, content, error) from None


def _reason(kind: Kind, content: bytes, error: Exception) -> QuarantineError:
    """Why the decoder refused a line, in the order a person would ask: text? JSON? ours? right?"""
    try:
        content.decode("utf-8")
        if b"\x00" in content:
            raise ValueError("a NUL byte")
    except ValueError as binary:
        return QuarantineError("binary", str(binary)[:QUARANTINED_TEXT])
    try:
        schema = _schema.decode(content).schema
    except msgspec.ValidationError:
        return QuarantineError("foreign", "not a JSON object")
    except (msgspec.DecodeError, RecursionError) as broken:
        return QuarantineError("not JSON", str(broken)[:QUARANTINED_TEXT])
    if schema != kind.schema:
        return QuarantineError("foreign", f"schema is {str(schema)[:60]!r}, not {kind.schema!r}")
    return QuarantineError("wrong schema", str(error)[:QUARANTINED_TEXT])
