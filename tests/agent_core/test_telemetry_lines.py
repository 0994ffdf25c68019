from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import inspect

from agent_core.telemetry import (
    EVENT_TYPES,
    LONGEST_LINE,
    BadLineError,
    Decision,
    Event,
    EventData,
    Overworld,
    Position,
    decode_line,
    encode,
    encode_data,
    rfc3339,
)

NOW = "2026-11-22T18:00:00.000001Z"


def event(data: Any, **envelope: Any) -> Event:
    fields: dict[str, Any] = {"run_id": "r", "attempt": 1, "seq": 7, "turn": 3, "frame": 900, "occurred_at": NOW}
    fields |= envelope
    identity = "{run_id}:{attempt}:{seq}".format(**fields)
    return Event(event_type=EVENT_TYPES[type(data)], event_id=identity, data=data, **fields)


STEP = event(
    Overworld(
        map_id=12,
        position=Position(5, 6),
        badges=3,
        badge_count=2,
        party_count=1,
        action="up",
        stuck_turns=0,
        inputs=[(880, 64), (896, 0)],
    )
)
LINE = encode(STEP)


def reason(line: bytes) -> str:
    with pytest.raises(BadLineError) as error:
        decode_line(line)
    return str(error.value)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Every value that a field of msgspec type `kind` may have in a line."""
    match kind:
        case inspect.IntType(ge=low, le=high):
            return st.integers(low, high)
        case inspect.FloatType():
            return st.floats(allow_nan=False, allow_infinity=False)
        case inspect.BoolType():
            return st.booleans()
        case inspect.StrType():
            return st.text(st.characters(codec="utf-8"))
        case inspect.LiteralType(values=choices):
            return st.sampled_from(choices)
        case inspect.ListType(item_type=item):
            return st.lists(values(item), max_size=3)
        case inspect.TupleType(item_types=items):
            return st.tuples(*map(values, items))
        case inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(values(key), values(value), max_size=3)
        case inspect.UnionType(types=types):
            return st.one_of(*map(values, types))
        case inspect.StructType(cls=cls, fields=fields):
            return st.builds(cls, **{field.name: values(field.type) for field in fields})
    raise AssertionError(kind)


@given(st.sampled_from(list(EVENT_TYPES)).flatmap(lambda kind: values(inspect.type_info(kind))))
def test_every_event_survives_its_line(data: EventData) -> None:
    line = encode(event(data))
    assert decode_line(line) == event(data)
    assert encode(decode_line(line)) == line


def test_a_line_begins_with_the_envelope_in_the_order_of_the_contract() -> None:
    assert LINE.startswith(
        b'{"schema":"pokemon.game.v1","event_type":"overworld","event_id":"r:1:7","run_id":"r","attempt":1,"seq":7,'
        b'"turn":3,"frame":900,"occurred_at":"2026-11-22T18:00:00.000001Z","data":{"map_id":12,"position":{"x":5,"y":6},'
    )
    assert LINE.endswith(encode_data(STEP.data) + b"}")


def test_empty_optional_fields_are_left_out() -> None:
    assert encode_data(Decision(screen="text", action="a")) == b'{"screen":"text","action":"a"}'


@given(st.binary(max_size=200))
def test_binary_noise_is_refused_with_a_reason(noise: bytes) -> None:
    assert reason(noise)


@given(st.integers(0, len(LINE) - 1))
def test_a_torn_line_is_refused(length: int) -> None:
    assert reason(LINE[:length])


@given(st.integers(0, len(LINE) - 1), st.integers(0, 255))
def test_a_line_with_one_wrong_byte_is_refused_or_still_an_event(place: int, byte: int) -> None:
    line = LINE[:place] + bytes([byte]) + LINE[place + 1 :]
    try:
        assert isinstance(decode_line(line), Event)
    except BadLineError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"pokemon.game.v1", b"pokemon.game.v2", "envelope: Invalid enum value"),
        (b'"overworld"', b'"teleport"', "unknown event_type 'teleport'"),
        (b'"seq":7', b'"seq":8', "event_id does not match"),
        (b'"attempt":1,', b"", "missing required field `attempt`"),
        (b'"turn":3', b'"turn":-3', "Expected `int` >= 0"),
        (b'"frame":900', b'"frame":1e40', "envelope"),
        (b"2026-11-22", b"2026-13-22", "occurred_at is not a date"),
        (b".000001Z", b"+00:00", "Expected `str` matching regex"),
        (b'"map_id":12', b'"map_id":"12"', "overworld data: Expected `int`, got `str`"),
        (b'"map_id":12', b'"map_id":99999999999999999999', "overworld data"),
        (b'"up"', b'"\xff"', "overworld data"),
        (b'"r"', b'"../r"', "Expected `str` matching regex"),
    ],
)
def test_a_wrong_line_is_refused_with_its_reason(old: bytes, new: bytes, words: str) -> None:
    assert old in LINE
    assert words in reason(LINE.replace(old, new))


def test_a_line_of_ten_megabytes_is_refused_by_its_length() -> None:
    assert reason(b'"' + b"x" * 10_000_000 + b'"') == f"longer than {LONGEST_LINE} bytes"


def test_deep_nesting_is_refused() -> None:
    assert reason(LINE.replace(b'"up"', b"[" * 100_000 + b"]" * 100_000))


def test_unknown_fields_of_a_later_version_are_ignored() -> None:
    assert decode_line(LINE.replace(b'"action":', b'"weather":"rain","action":')) == STEP


def test_time_is_written_in_utc_with_microseconds() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
    assert rfc3339(moment) == "2026-01-02T01:04:05.000000Z"
    assert rfc3339(datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)) == "2026-01-02T03:04:05.000006Z"


def test_events_are_immutable() -> None:
    with pytest.raises(AttributeError):
        STEP.seq = 8  # type: ignore[misc]
    assert msgspec.structs.replace(STEP, turn=4).turn == 4
