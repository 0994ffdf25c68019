"""Group `play`: the inserted cartridge and the runs that are played on it."""

from __future__ import annotations

import base64
import time
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg

from agent_core.cartridge import CartridgeError, open_cartridge
from agent_core.run import RunConfig, RunError
from pokemon_pipeline.concurrency import EMULATOR_POOL
from pokemon_pipeline.partitions import RUNS
from pokemon_pipeline.references import milestone_targets
from pokemon_pipeline.resources import Player, Project

if TYPE_CHECKING:
    from agent_core.run import MilestoneReached, Progress, RunResult

REPORT_SECONDS = 1.5
"""Time between two reports of a run that is being played."""


class GameConfig(dg.Config):
    """How to play; what is left out comes from the settings."""

    seed: int = 0
    """Frames waited before the first press."""
    stop_at: str = "viridian"
    """Milestone that ends the run; empty plays on until max_turns."""
    max_turns: int = 0
    """0 is the limit of the settings."""
    strategy: str = ""
    """Empty is the strategy of the settings."""


@dg.asset(group_name="play", kinds={"gameboy"}, description="The inserted cartridge: which one it is and its SHA-1.")
def cartridge(project: Project) -> dg.MaterializeResult[None]:
    inserted = _or_failure(lambda: open_cartridge(project.settings.rom))
    return dg.MaterializeResult(
        metadata={
            "title": inserted.title,
            "kind": inserted.kind,
            "sha1": inserted.sha1,
            "bytes": len(inserted.rom),
            "path": dg.MetadataValue.path(str(inserted.path)),
        },
        data_version=dg.DataVersion(inserted.sha1),
    )
