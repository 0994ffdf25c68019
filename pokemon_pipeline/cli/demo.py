"""`pokemon demo`: one run on the practice cartridge, through Dagster, into the warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from agent_core.cartridge import open_cartridge
from pokemon_pipeline.cli.errors import FAILED, CommandError, settings_for, writable
from pokemon_pipeline.cli.options import Config, DataDir
from pokemon_pipeline.cli.play import new_run_id
from pokemon_pipeline.reports.milestones import MilestoneRow
from pokemon_pipeline.settings import Settings

if TYPE_CHECKING:
    import dagster as dg

GOAL = "viridian"
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
"""Dagster keeps its log; the terminal is for the progress line."""


def demo(
    seed: Annotated[int | None, typer.Option(help="Frames waited before the first press.")] = None,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Play the practice cartridge to the second town through Dagster and show the milestones."""
    settings = settings_for(config, data_dir=data_dir, seed=seed).model_copy(update={"rom": None})
    open_cartridge(None)
    writable(settings.data_dir)
    run_id = f"demo-{new_run_id()}"
    typer.echo(f"Playing run {run_id} on the practice cartridge; Dagster records it in {settings.dagster_dir}.")
    from dagster import DagsterExecutionInterruptedError

    try:
        materialize_run(settings, run_id)
    except DagsterExecutionInterruptedError:
        raise CommandError("Stopped; `pokemon load` brings what was played into the warehouse.", FAILED) from None
    show(settings, run_id)


def materialize_run(settings: Settings, run_id: str) -> None:
    """Two Dagster runs in this process: the game, then all that follows it; CommandError when one fails."""
    import dagster as dg

    from pokemon_pipeline.cli.progress import live_line
    from pokemon_pipeline.concurrency import allow_emulators, open_instance
    from pokemon_pipeline.definitions import definitions
    from pokemon_pipeline.partitions import RUNS
    from pokemon_pipeline.resources import WatchedPlayer

    with live_line(run_id) as line, open_instance(settings) as instance:
        allow_emulators(instance, settings.emulators)
        instance.add_dynamic_partitions(str(RUNS.name), [run_id])
        owned = definitions(settings, WatchedPlayer(line))
        following = dg.AssetSelection.assets("game_run").downstream(include_self=False)
        job = owned.resolve_implicit_global_asset_job_def()
        played = job.execute_in_process(
            instance=instance,
            partition_key=run_id,
            asset_selection=[dg.AssetKey("cartridge"), dg.AssetKey("game_run")],
            run_config={**QUIET, "ops": {"game_run": {"config": {"seed": settings.seed, "stop_at": GOAL}}}},
            raise_on_error=False,
        )
        expect_success(played)
        loaded = job.execute_in_process(
            instance=instance,
            asset_selection=sorted(following.resolve(owned.resolve_asset_graph())),
            run_config=QUIET,
            raise_on_error=False,
        )
        expect_success(loaded)


def expect_success(result: dg.ExecuteInProcessResult) -> None:
    """Nothing when all steps succeeded; otherwise what the first failed one says, as one sentence."""
    if not result.success:
        said = [_failure(event) for event in result.all_events if event.is_step_failure]
        raise CommandError(next(iter(said), "The run failed; `make dev` shows its log."), FAILED)


def _failure(event: dg.DagsterEvent) -> str:
    failure = event.step_failure_data
    error = failure.error
    while error is not None and error.cause is not None:
        error = error.cause
    own = failure.user_failure_data.description if failure.user_failure_data else None
    return f"{event.step_key} failed: {own or (error.message if error else 'no reason was given')}"


def show(settings: Settings, run_id: str) -> None:
    """The milestone table out of the warehouse, and where everything is."""
    from pokemon_pipeline.cli.output import print_milestones
    from pokemon_pipeline.warehouse.query import run_query

    columns = ", ".join(MilestoneRow._fields).replace("met", "coalesce(target_met, '')")
    columns = columns.replace("turns", "turn").replace("frames", "frame")
    asked = f"select {columns} from marts.milestones where run_id = '{run_id}' order by turn, frame"
    rows = [MilestoneRow(*row) for row in run_query(settings.published, asked).rows]
    print_milestones(rows)
    telemetry = next(settings.game_dir.glob(f"{run_id}.*.jsonl"))
    gif = settings.frames_dir / f"{telemetry.stem}.gif"
    places = {
        "GIF": gif if gif.exists() else "none (see the log of the run)",
        "JSONL": telemetry,
        "warehouse": f"{settings.warehouse} (for readers: {settings.published})",
        "UI": f"`make dev`, then http://127.0.0.1:3000/assets/game_run?partition={run_id}",
    }
    for name, place in places.items():
        typer.echo(f"{name:10} {place}")
    if GOAL not in [row.milestone for row in rows]:
        raise CommandError(f"Run {run_id} ended before it reached the milestone {GOAL}.", FAILED)
