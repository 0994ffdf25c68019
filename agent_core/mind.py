"""Everything that the player remembers between turns, as one serialisable struct: checkpoint + re-run is exact."""

from __future__ import annotations

import msgspec

from agent_core.quest.objectives import RefereeMemory

RECENT_LIMIT = 24
REFUSAL_TURNS = 6


class Fight(msgspec.Struct):
    """The battle in progress, as telemetry will report it."""

    kind: int
    species: int
    level: int
    started: int


class PlayerStatus(msgspec.Struct):
    """How the player is doing; `stop_reason` is empty while it goes on."""

    stop_reason: str = ""
    milestones: list[str] = []
    stuck_count: int = 0
    restores: int = 0


class Mind(msgspec.Struct):
    """Decision state of one player; plain data only."""

    turns: int = 0
    status: PlayerStatus = msgspec.field(default_factory=PlayerStatus)
    moment: str = "limit"
    """Why the last wait ended (ui.Moment)."""
    map_id: int = -1
    refused: list[tuple[int, int, int]] = []
    """(node, facing, last turn of the ban): steps that the game refused lately."""
    recent: list[int] = []
    """Checksums of what the last turns showed; a repeat means no progress."""
    stuck_turns: int = 0
    waits: int = 0
    """Waits in a row that ended without anything to do."""
    intent: str = ""
    """The battle option that is being entered in the menus."""
    questions: int = 0
    """Yes/no questions in a row inside one battle message sequence."""
    last_question: int = 0
    same_question: int = 0
    fight: Fight | None = None
    objective: str = ""
    started: list[str] = []
    errand: bool = False
    wanted: dict[str, int] = {}
    """Object chosen among several, by objective."""
    party: list[tuple[int, int, tuple[int, ...]]] = []
    """(species, level, moves) of every member, as last reported."""
    bag: list[tuple[int, int]] = []
    referee: RefereeMemory = msgspec.field(default_factory=RefereeMemory)
    ring: bytes = b""
    jitter: int = 0
    """Frames to wait first after a restore, so that the next try differs."""
    landmark: bool = False
    """A new objective began: a good moment for a snapshot as soon as nothing is going on."""
    retries: int = 0
    """Restores because an objective failed."""

    def remember(self, signature: int) -> bool:
        """Note what a turn showed; True when it had not been seen lately."""
        new = signature not in self.recent
        self.recent.append(signature)
        del self.recent[:-RECENT_LIMIT]
        return new

    def refuse(self, node: int, facing: int) -> None:
        """Avoid a step for some turns."""
        self.refused.append((node, facing, self.turns + REFUSAL_TURNS))

    def refusals(self) -> frozenset[tuple[int, int]]:
        """Steps to avoid now; forgets those whose time is over."""
        if self.refused:
            self.refused = [item for item in self.refused if item[2] >= self.turns]
        return frozenset((node, facing) for node, facing, _ in self.refused)
