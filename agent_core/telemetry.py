"""Typed telemetry: the events of `pokemon.game.v1`, the sinks that take them and the JSONL file they live in.

The envelope and the event types are the contract of DESIGN section 5; six of the types and their field names are those
of the original project, so its queries and Flink jobs keep working.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Protocol

import msgspec
from msgspec import Meta

SCHEMA: Literal["pokemon.game.v1"] = "pokemon.game.v1"

Count = Annotated[int, Meta(ge=0, le=2**53)]
"""A whole number that every reader of JSON and every BIGINT column can hold."""
Change = Annotated[int, Meta(ge=-(2**53), le=2**53)]
Id = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]
"""A run id: also a file name."""
Moment = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$")]

Inputs = list[tuple[Count, Count]]
"""Joypad changes of one turn: (frame, mask of the buttons held from that frame on); masks as in gen1 0.1."""


class Position(msgspec.Struct, frozen=True):
    x: Count
    y: Count


class Session(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """First and last event of an attempt."""

    phase: Literal["start", "end"]
    cartridge_sha1: str = ""
    cartridge_title: str = ""
    strategy: str = ""
    seed: Count = 0
    genome: dict[str, int | float | str] = {}
    agent_version: str = ""
    emulator_version: str = ""
    reason: str = ""
    battles_won: Count = 0
    maps_visited: Count = 0
    presses: Count = 0
    intro_presses: Count = 0
    wram_hash: str = ""


class Overworld(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One turn outside battle and text."""

    map_id: Count
    position: Position
    badges: Count
    badge_count: Count
    party_count: Count
    action: str
    stuck_turns: Count
    waypoint_info: str = ""
    inputs: Inputs = []
    wram_hash: str = ""


class MapChange(msgspec.Struct, frozen=True, kw_only=True):
    prev_map: Count
    new_map: Count
    position: Position
    wram_hash: str


class Battle(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One choice in the battle menus; `action` is a JSON string because Flink reads a fixed row."""

    player_hp: Count
    player_max_hp: Count
    enemy_hp: Count
    enemy_max_hp: Count
    action: str
    inputs: Inputs = []
    wram_hash: str = ""


class BattleEnd(msgspec.Struct, frozen=True, kw_only=True):
    kind: Literal["wild", "trainer"]
    outcome: Literal["won", "lost", "fled", "caught", "draw"]
    enemy_species: Count
    enemy_level: Count
    turns: Count
    wram_hash: str


class Encounter(msgspec.Struct, frozen=True, kw_only=True):
    kind: Literal["wild", "trainer"]
    species: Count
    level: Count
    trainer_class: Count
    map_id: Count
    position: Position


class PartyMemberRow(msgspec.Struct, frozen=True, kw_only=True):
    species: Count
    level: Count
    hp: Count
    max_hp: Count
    status: Count
    moves: list[Count]
    pp: list[Count]
    experience: Count


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """The party after it changed (member added, level, move or species changed)."""

    members: list[PartyMemberRow]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """The bag changed: `change` items of `item` more (or fewer) than before."""

    item: Count
    quantity: Count
    change: Change


class Milestone(msgspec.Struct, frozen=True, kw_only=True):
    """An achievement that the referee saw in RAM."""

    milestone: str
    description: str
    presses: Count
    seconds: float
    wram_hash: str


class Objective(msgspec.Struct, frozen=True, kw_only=True):
    objective: str
    phase: Literal["started", "done"]


class Stuck(msgspec.Struct, frozen=True, kw_only=True):
    map_id: Count
    position: Position
    last_action: str
    streak: Count


class Backtrack(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot was restored; `restored_frame` is the frame it was taken at."""

    restored_frame: Count
    attempt_of_snapshot: Count
    reason: str
    wram_hash: str


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One turn in text, a menu, a scripted scene or a deliberate wait."""

    screen: str
    action: str
    reason: str = ""
    inputs: Inputs = []
    wram_hash: str = ""


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """What an advisor answered and what became of it; recorded so that a replay needs no network."""

    trigger: str
    choice: str
    accepted: bool
    outcome: str


class Fitness(msgspec.Struct, frozen=True, kw_only=True):
    turns: Count
    battles_won: Count
    maps_visited: Count
    final_map_id: Count
    final_x: Count
    final_y: Count
    badges: Count
    party_size: Count
    stuck_count: Count
    backtrack_restores: Count
    encounters: Count
    level_ups: Count
    evolutions: Count


EventData = (
    Session
    | Overworld
    | MapChange
    | Battle
    | BattleEnd
    | Encounter
    | Party
    | Item
    | Milestone
    | Objective
    | Stuck
    | Backtrack
    | Decision
    | Advice
    | Fitness
)

EVENT_TYPES: dict[type, str] = {
    Session: "session",
    Overworld: "overworld",
    MapChange: "map_change",
    Battle: "battle",
    BattleEnd: "battle_end",
    Encounter: "encounter",
    Party: "party",
    Item: "item",
    Milestone: "milestone",
    Objective: "objective",
    Stuck: "stuck",
    Backtrack: "backtrack",
    Decision: "decision",
    Advice: "advice",
    Fitness: "fitness",
}


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """The envelope of every game event; `event_id` is "<run_id>:<attempt>:<seq>"."""

    schema: Literal["pokemon.game.v1"] = SCHEMA
    event_type: str
    event_id: str
    run_id: Id
    attempt: Count
    seq: Count
    turn: Count
    frame: Count
    occurred_at: Moment
    data: Any


class EventSink(Protocol):
    """Takes every event of a run after its line is on disk (`line` has no newline); must neither block nor raise."""

    def emit(self, line: bytes, event: Event) -> None: ...

    def close(self) -> None: ...


def rfc3339(moment: datetime) -> str:
    """UTC, microseconds, Z: the only spelling of time that this project writes."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def encode(event: Event) -> bytes:
    """The line of an event, without its newline."""
    return _ENCODER.encode(event)


def encode_data(data: EventData) -> bytes:
    """The `data` object of an event exactly as `encode` writes it."""
    return _ENCODER.encode(data)


class RawEvent(Event, frozen=True, kw_only=True):
    """An envelope whose data is still text."""

    data: msgspec.Raw


class BadLineError(ValueError):
    """Why a line is not an event of this schema, as a short clause for the quarantine."""


def decode_envelope(line: bytes) -> RawEvent:
    """The checked envelope of one line; its data object is left as text. BadLineError says what is wrong."""
    if len(line) > LONGEST_LINE:
        raise BadLineError(f"longer than {LONGEST_LINE} bytes")
    try:
        event = _ENVELOPE.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadLineError(f"envelope: {error}") from None
    if event.event_type not in DATA_TYPES:
        raise BadLineError(f"unknown event_type {event.event_type[:40]!r}")
    if event.event_id != f"{event.run_id}:{event.attempt}:{event.seq}":
        raise BadLineError("event_id does not match run_id, attempt and seq")
    try:
        datetime.fromisoformat(event.occurred_at)
    except ValueError:
        raise BadLineError("occurred_at is not a date") from None
    return event


def decode_line(line: bytes) -> Event:
    """The event of one line with typed data; BadLineError says why it is none. Unknown fields are ignored."""
    event = decode_envelope(line)
    try:
        data = _DATA_DECODERS[event.event_type].decode(event.data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadLineError(f"{event.event_type} data: {error}") from None
    return Event(
        event_type=event.event_type,
        event_id=event.event_id,
        run_id=event.run_id,
        attempt=event.attempt,
        seq=event.seq,
        turn=event.turn,
        frame=event.frame,
        occurred_at=event.occurred_at,
        data=data,
    )


LONGEST_LINE = 1 << 20
DATA_TYPES: dict[str, type] = {name: kind for kind, name in EVENT_TYPES.items()}
_ENCODER = msgspec.json.Encoder()
_ENVELOPE = msgspec.json.Decoder(RawEvent)
_DATA_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    name: msgspec.json.Decoder(kind) for name, kind in DATA_TYPES.items()
}
