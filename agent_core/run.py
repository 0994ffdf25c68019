"""One run of the player: from a configuration to a result, with telemetry, checkpoints and resume in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from agent_core.genome import Genome
from agent_core.telemetry import EventSink, Position


class RunError(Exception):
    """One sentence that says why a run could not start, go on or be written."""


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
    party_count: int
    milestones: tuple[str, ...]
    frames_per_second: float


class MilestoneReached(msgspec.Struct, frozen=True, kw_only=True):
    milestone: str
    description: str
    turn: int
    frame: int
    presses: int
    seconds: float
    """Game seconds since power-on."""


class RunResult(msgspec.Struct, frozen=True, kw_only=True):
    """How a run ended; `finished` is False when it was stopped from outside and can be resumed."""

    run_id: str
    attempt: int
    reason: str
    """"milestone", "max_turns", "stopped", or the player's own word, for example "stuck"."""
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
    milestones: tuple[MilestoneReached, ...]
    wram_hash: str
    telemetry: Path
    cartridge_sha1: str
    cartridge_title: str
    resumed: bool


def play(
    config: RunConfig,
    *,
    sinks: Sequence[EventSink] = (),
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> RunResult:
    """Play until a stop rule; continue the last attempt of `run_id` when it is unfinished."""
    raise RunError(f"Run {config.run_id} cannot start: the player is not part of this build.")
