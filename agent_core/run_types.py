"""What goes into a run, what it reports on its way and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec

from agent_core.cartridge import Cartridge
from agent_core.emulator import Emulator
from agent_core.genome import Genome
from agent_core.strategy.base import Strategy
from agent_core.tally import MilestoneReached
from agent_core.telemetry import EventData, Position


class RunConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is a pure function of, and where it writes."""

    run_id: str
    data_dir: Path
    cartridge: Path | None = None
    """ROM file; None is the packaged practice cartridge."""
    strategy: str = "heuristic"
    seed: int = 0
    """Frames waited before the first press."""
    genome: Genome = Genome()
    max_turns: int = 100_000
    stop_at: str | None = None
    """Milestone id that ends the run."""
    checkpoint_every: int = 2000
    """Turns between checkpoints."""
    pace: float | None = None
    """Speed as a multiple of the real console's; None is as fast as possible."""
    screenshots_every: int | None = None
    """Turns between pictures in data_dir/frames; None takes none."""
    new_attempt: bool = False
    """Start a new attempt even when the last one is unfinished."""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Where a run is now."""

    turns: int
    frames: int
    presses: int
    seconds: float
    """Wall-clock seconds since play() began."""
    map_id: int
    position: Position
    badges: int
    """Number of badges."""
    party_count: int
    milestones: tuple[str, ...]
    frames_per_second: float


class RunResult(msgspec.Struct, frozen=True, kw_only=True):
    """How a run ended; `finished` is False when it was stopped from outside and can be resumed."""

    run_id: str
    attempt: int
    reason: str
    """"milestone", "max_turns", "stopped", or the player's own words for giving up."""
    finished: bool
    turns: int
    presses: int
    intro_presses: int
    frames: int
    seconds: float
    """Wall-clock seconds of this play()."""
    battles_won: int
    maps_visited: int
    map_id: int
    position: Position
    party_count: int
    badges: int
    """Number of badges."""
    milestones: tuple[MilestoneReached, ...]
    wram_hash: str
    telemetry: Path
    cartridge_sha1: str
    cartridge_title: str
    resumed: bool


class PlayerStatus(Protocol):
    @property
    def stop_reason(self) -> str:
        """Why the player gives up or is done; empty while it goes on."""
        ...


class RunPlayer(Protocol):
    """What a run needs of a player (agent_core.player.Player)."""

    @property
    def turns(self) -> int: ...

    @property
    def status(self) -> PlayerStatus: ...

    def boot(self, seed: int) -> None: ...

    def turn(self) -> None: ...

    def memory(self) -> bytes: ...

    def restore_memory(self, data: bytes) -> None: ...


class PlayerFactory(Protocol):
    def __call__(
        self,
        emulator: Emulator,
        cartridge: Cartridge,
        *,
        genome: Genome,
        strategy: Strategy,
        emit: Callable[[EventData], None],
    ) -> RunPlayer: ...
