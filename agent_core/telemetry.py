"""Typed telemetry: the events of `pokemon.game.v1`, the sinks that take them and the JSONL file they live in.

The envelope and the event types are the contract of DESIGN section 5; six of the types and their field names are those
of the original project, so its queries and Flink jobs keep working.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal, Protocol

import msgspec

SCHEMA = "pokemon.game.v1"

Inputs = list[tuple[int, int]]
"""Joypad changes of one turn: (frame, mask of the buttons held from that frame on); masks as in gen1 0.1."""


class Position(msgspec.Struct, frozen=True):
    x: int
    y: int


class Session(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """First and last event of an attempt."""

    phase: Literal["start", "end"]
    cartridge_sha1: str = ""
    cartridge_title: str = ""
    strategy: str = ""
    seed: int = 0
    genome: dict[str, Any] = {}
    agent_version: str = ""
    emulator_version: str = ""
    reason: str = ""
    battles_won: int = 0
    maps_visited: int = 0
    presses: int = 0
    intro_presses: int = 0
    wram_hash: str = ""


class Overworld(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One turn outside battle and text."""

    map_id: int
    position: Position
    badges: int
    badge_count: int
    party_count: int
    action: str
    stuck_turns: int
    waypoint_info: str = ""
    inputs: Inputs = []
    wram_hash: str = ""


class MapChange(msgspec.Struct, frozen=True, kw_only=True):
    prev_map: int
    new_map: int
    position: Position
    wram_hash: str


class Battle(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One choice in the battle menus; `action` is a JSON string because Flink reads a fixed row."""

    player_hp: int
    player_max_hp: int
    enemy_hp: int
    enemy_max_hp: int
    action: str
    inputs: Inputs = []
    wram_hash: str = ""


class BattleEnd(msgspec.Struct, frozen=True, kw_only=True):
    kind: Literal["wild", "trainer"]
    outcome: Literal["won", "lost", "fled", "caught", "draw"]
    enemy_species: int
    enemy_level: int
    turns: int
    wram_hash: str


class Encounter(msgspec.Struct, frozen=True, kw_only=True):
    kind: Literal["wild", "trainer"]
    species: int
    level: int
    trainer_class: int
    map_id: int
    position: Position


class PartyMemberRow(msgspec.Struct, frozen=True, kw_only=True):
    species: int
    level: int
    hp: int
    max_hp: int
    status: int
    moves: list[int]
    pp: list[int]
    experience: int


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """The party after it changed (member added, level, move or species changed)."""

    members: list[PartyMemberRow]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """The bag changed: `change` items of `item` more (or fewer) than before."""

    item: int
    quantity: int
    change: int


class Milestone(msgspec.Struct, frozen=True, kw_only=True):
    """An achievement that the referee saw in RAM."""

    milestone: str
    description: str
    presses: int
    seconds: float
    wram_hash: str


class Objective(msgspec.Struct, frozen=True, kw_only=True):
    objective: str
    phase: Literal["started", "done"]


class Stuck(msgspec.Struct, frozen=True, kw_only=True):
    map_id: int
    position: Position
    last_action: str
    streak: int


class Backtrack(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot was restored; `restored_frame` is the frame it was taken at."""

    restored_frame: int
    attempt_of_snapshot: int
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
    turns: int
    battles_won: int
    maps_visited: int
    final_map_id: int
    final_x: int
    final_y: int
    badges: int
    party_size: int
    stuck_count: int
    backtrack_restores: int
    encounters: int
    level_ups: int
    evolutions: int


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

    schema: str = SCHEMA
    event_type: str
    event_id: str
    run_id: str
    attempt: int
    seq: int
    turn: int
    frame: int
    occurred_at: str
    data: Any


class EventSink(Protocol):
    """Takes every event of a run after its line is on disk; must neither block nor raise."""

    def emit(self, line: bytes, event: Event) -> None: ...

    def close(self) -> None: ...


def rfc3339(moment: datetime) -> str:
    """UTC, microseconds, Z: the only spelling of time that this project writes."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
