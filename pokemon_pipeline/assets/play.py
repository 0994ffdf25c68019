"""Group `play`: the inserted cartridge and the runs that are played on it."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import dagster as dg

from agent_core.cartridge import CartridgeError, open_cartridge
from agent_core.recording import ReplayError
from agent_core.run import Progress, RunConfig, RunError, RunResult
from pokemon_pipeline.concurrency import EMULATOR_POOL
from pokemon_pipeline.partitions import RUNS
from pokemon_pipeline.references import milestone_targets
from pokemon_pipeline.reports.milestones import MilestoneRow, milestone_rows
from pokemon_pipeline.reports.pictures import last_picture, markdown_picture, render_gif
from pokemon_pipeline.resources import Player, Project
from pokemon_pipeline.settings import Settings

T = TypeVar("T")

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
    pace: float = 0.0
    """Speed as a multiple of the console's; 0 is as fast as possible."""
    pictures: bool = True
    """Render the run as a GIF afterwards, by a replay that takes about as long as the run."""


@dg.asset(group_name="play", kinds={"gameboy"})
def cartridge(project: Project) -> dg.MaterializeResult[None]:
    """The inserted cartridge: which one it is, by title and SHA-1."""
    inserted = unless_wrong(lambda: open_cartridge(project.settings.rom))
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


@dg.asset(
    group_name="play",
    kinds={"python", "gameboy"},
    partitions_def=RUNS,
    deps=[cartridge],
    pool=EMULATOR_POOL,
    retry_policy=dg.RetryPolicy(max_retries=2, delay=1),
)
def game_run(
    context: dg.AssetExecutionContext, config: GameConfig, project: Project, player: dg.ResourceParam[Player]
) -> dg.MaterializeResult[None]:
    """One run of the player from power-on: its telemetry, its milestones, a picture.

    An unfinished run is resumed from its last checkpoint; a finished one is played again as a new attempt.
    """
    settings = project.settings
    run = RunConfig(
        run_id=context.partition_key,
        data_dir=settings.data_dir,
        cartridge=settings.rom,
        strategy=config.strategy or settings.strategy,
        seed=config.seed,
        max_turns=config.max_turns or settings.max_turns,
        stop_at=config.stop_at or None,
        pace=config.pace or None,
    )
    try:
        result = unless_wrong(lambda: player.play(run, reporter(context)))
    except dg.DagsterExecutionInterruptedError as interrupt:  # a retry policy would start it again at once
        raise dg.Failure(
            f"Run {run.run_id} was interrupted; every whole line is on disk and the next try goes on from there.",
            allow_retries=False,
        ) from interrupt
    pictures = draw(context, result.telemetry, settings) if config.pictures else {}
    return dg.MaterializeResult(metadata=run_metadata(result, pictures))


def unless_wrong(work: Callable[[], T]) -> T:
    """`work()`; what a person has to put right fails at once instead of being tried again."""
    try:
        return work()
    except (CartridgeError, RunError) as error:
        raise dg.Failure(str(error), allow_retries=False) from error


def reporter(
    context: dg.AssetExecutionContext, clock: Callable[[], float] = time.monotonic
) -> Callable[[Progress], None]:
    """Shows where the run is, in the log and as an observation of the asset, every REPORT_SECONDS."""
    last = clock()

    def report(progress: Progress) -> None:
        nonlocal last
        if clock() - last < REPORT_SECONDS:
            return
        last = clock()
        run = context.instance.get_run_by_id(context.run.run_id)
        if run and run.status is dg.DagsterRunStatus.CANCELING:  # its signal can be lost while Dagster writes an event
            raise dg.DagsterExecutionInterruptedError
        context.log.info(
            f"turn {progress.turns}, map {progress.map_id} at {progress.position.x}, {progress.position.y}, "
            f"{progress.frames_per_second:.0f} frames per second"
        )
        context.log_event(
            dg.AssetObservation(
                asset_key=context.asset_key,
                partition=context.partition_key,
                metadata={
                    "turns": progress.turns,
                    "frames": progress.frames,
                    "map": progress.map_id,
                    "milestones": len(progress.milestones),
                    "frames_per_second": round(progress.frames_per_second, 1),
                },
            )
        )

    return report


def draw(context: dg.AssetExecutionContext, telemetry: Path, settings: Settings) -> dict[str, dg.MetadataValue]:
    """The GIF of the run and its last picture; a run without pictures is still a run."""
    try:
        gif = render_gif(telemetry, settings.rom, settings.frames_dir)
    except (ReplayError, CartridgeError, OSError) as error:
        context.log.warning(f"There is no picture of this run: {error}")
        return {}
    return {
        "picture": dg.MetadataValue.md(markdown_picture(last_picture(gif), "the end of the run")),
        "gif": dg.MetadataValue.path(str(gif)),
    }


def run_metadata(result: RunResult, pictures: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of a run shows: numbers under stable names, so that Dagster plots them over runs."""
    rows = [row._asdict() for row in milestone_rows(result.milestones, milestone_targets())]
    return {
        "attempt": result.attempt,
        "reason": result.reason,
        "milestones": dg.MetadataValue.table([dg.TableRecord(row) for row in rows], schema=MILESTONE_COLUMNS),
        **pictures,
        "milestones_reached": len(rows),
        "turns": result.turns,
        "frames": result.frames,
        "presses": result.presses,
        "seconds": round(result.seconds, 2),
        "frames_per_second": round(result.frames / max(result.seconds, 1e-9), 1),
        "badges": result.badges,
        "party_count": result.party_count,
        "maps_visited": result.maps_visited,
        "battles_won": result.battles_won,
        "wram_hash": result.wram_hash,
        "telemetry": dg.MetadataValue.path(str(result.telemetry)),
        "cartridge": f"{result.cartridge_title} ({result.cartridge_sha1})",
        "resumed": result.resumed,
    }


MILESTONE_COLUMNS = dg.TableSchema(
    [
        dg.TableColumn(name, "string" if name in ("milestone", "description", "met") else "int")
        for name in MilestoneRow._fields
    ]
)
