"""`pokemon play` and `pokemon replay`: one run straight from the shell, without Dagster."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from pokemon_pipeline.cli.errors import BAD_USE, FAILED, CommandError, settings_for, writable
from pokemon_pipeline.cli.options import AsJson, Config, DataDir, Practice, Rom
from pokemon_pipeline.references import milestone_targets
from pokemon_pipeline.settings import Settings

if TYPE_CHECKING:
    from agent_core.run import RunResult
    from agent_core.telemetry import Session


def new_run_id(now: datetime | None = None) -> str:
    """A sortable unique id: when the run was started, and four random hex digits."""
    moment = now or datetime.now(UTC)
    return f"{moment:%Y%m%dT%H%M%S}-{os.urandom(2).hex()}"


def inserted(rom: Path | None, practice: bool, settings: Settings) -> Path | None:
    """The ROM file to play, None for the practice cartridge."""
    if practice and rom is not None:
        raise CommandError("Name a ROM or give --practice, not both.", BAD_USE)
    if practice:
        return None
    if settings.rom is None:
        raise CommandError(
            "No ROM is named; give a file, set POKEMON_ROM, or use --practice to play the practice cartridge.", BAD_USE
        )
    return settings.rom


def play(
    rom: Rom = None,
    practice: Practice = False,
    strategy: Annotated[str | None, typer.Option(help="heuristic (or low); medium and high need an advisor.")] = None,
    seed: Annotated[int | None, typer.Option(help="Frames waited before the first press.")] = None,
    max_turns: Annotated[int | None, typer.Option(help="Turn limit.")] = None,
    stop_at: Annotated[str | None, typer.Option(help="Milestone that ends the run, for example viridian.")] = None,
    run_id: Annotated[str | None, typer.Option(help="Name of the run; a new one by default.")] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with --run-id, or with the last unfinished run.")
    ] = False,
    pace: Annotated[
        float | None, typer.Option(help="Speed as a multiple of the console's; as fast as possible.")
    ] = None,
    save_screenshots: Annotated[
        bool, typer.Option("--save-screenshots", help="A picture every 10 turns in the data folder's frames/.")
    ] = False,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Play one run and leave its telemetry in the data folder."""
    settings = settings_for(config, data_dir=data_dir, rom=rom, strategy=strategy, seed=seed, max_turns=max_turns)
    from agent_core import run as runs
    from agent_core.cartridge import open_cartridge
    from agent_core.genome import Genome

    cartridge = inserted(rom, practice, settings)
    open_cartridge(cartridge)
    check_words(settings.strategy, stop_at, runs.STRATEGIES)
    chosen, begun = find_unfinished(settings.data_dir, run_id) if resume else (run_id or new_run_id(), None)
    writable(settings.data_dir)
    from pokemon_pipeline.cli.progress import live_line

    with live_line(chosen, quiet=as_json) as show, stop_on_signal() as stopped:
        result = runs.play(
            runs.RunConfig(
                run_id=chosen,
                data_dir=settings.data_dir,
                cartridge=cartridge,
                strategy=begun.strategy if begun else settings.strategy,
                seed=begun.seed if begun else settings.seed,
                genome=Genome.from_mapping(begun.genome) if begun else Genome(),
                max_turns=settings.max_turns,
                stop_at=stop_at,
                pace=pace,
                screenshots_every=10 if save_screenshots else None,
            ),
            progress=show,
            should_stop=stopped,
        )
    report(result, as_json)
    if not result.finished:
        raise CommandError(
            f"Run {chosen} was stopped at turn {result.turns}; `pokemon play --resume --run-id {chosen}` goes on.",
            FAILED,
        )


@contextmanager
def stop_on_signal() -> Iterator[Callable[[], bool]]:
    """Asks whether Ctrl-C or a termination came: the first lets the run end in order, a second breaks it off."""
    came = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal came
        if came:
            raise KeyboardInterrupt
        came = True

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def check_words(strategy: str, stop_at: str | None, strategies: Sequence[str]) -> None:
    """Refuse a strategy or a milestone that nobody knows."""
    if strategy not in strategies:
        raise CommandError(f"There is no strategy {strategy!r}; known are {', '.join(strategies)}.", BAD_USE)
    if strategy in ("medium", "high"):
        raise CommandError(f"Strategy {strategy} needs an advisor, and none is configured; use heuristic.", BAD_USE)
    milestones = [target.id for target in milestone_targets()]
    if stop_at is not None and stop_at not in milestones:
        raise CommandError(f"There is no milestone {stop_at!r}; known are {', '.join(milestones)}.", BAD_USE)


def find_unfinished(data_dir: Path, run_id: str | None) -> tuple[str, Session | None]:
    """The run to go on with, the one written to last unless it is named, and how it began."""
    from agent_core.attempts import attempts, game_folder
    from agent_core.jsonl import whole_lines
    from agent_core.telemetry import Session, decode_line

    files = sorted(game_folder(data_dir).glob("*.jsonl"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    names = [run_id] if run_id else [path.stem.rpartition(".")[0] for path in reversed(files)]
    for name in names:
        known = attempts(data_dir, name)
        if known and not known[-1].finished():
            first = next(whole_lines(known[-1].telemetry), None)
            data = None if first is None else decode_line(first).data
            return name, data if isinstance(data, Session) else None
    named = f"Run {run_id} is not" if run_id else "No run is"
    raise CommandError(f"{named} unfinished in {data_dir}; leave out --resume to start one.", BAD_USE)


def report(result: RunResult, as_json: bool) -> None:
    if as_json:
        print_json(result)
        return
    from pokemon_pipeline.cli.output import print_milestones
    from pokemon_pipeline.reports.milestones import milestone_rows

    print_milestones(milestone_rows(result.milestones, milestone_targets()))
    typer.echo(
        f"Run {result.run_id} (attempt {result.attempt}) ended: {result.reason}; {result.turns} turns, "
        f"{result.frames} frames, {result.presses} presses in {result.seconds:.1f} s."
    )
    typer.echo(f"telemetry: {result.telemetry}")


def find_telemetry(data_dir: Path, run: str, attempt: int | None) -> Path:
    """The file of a run: a path, or a run id with its last attempt unless one is named."""
    from agent_core.attempts import attempts

    if run.endswith(".jsonl"):
        path = Path(run)
        if not path.is_file():
            raise CommandError(f"There is no telemetry file {path}.", BAD_USE)
        return path
    known = [one for one in attempts(data_dir, run) if attempt in (None, one.number)]
    if not known:
        which = run if attempt is None else f"{run} with attempt {attempt}"
        raise CommandError(f"There is no run {which} in {data_dir}.", BAD_USE)
    return known[-1].telemetry


def replay(
    run: Annotated[str, typer.Argument(metavar="RUN", help="Run id, or a telemetry file.")],
    rom: Annotated[
        Path | None, typer.Option("--rom", help="The ROM it was played with; the practice cartridge.")
    ] = None,
    attempt: Annotated[int | None, typer.Option(help="Which attempt; the last one by default.")] = None,
    at_turn: Annotated[int | None, typer.Option(min=1, help="Stop at the end of this turn.")] = None,
    screenshot: Annotated[Path | None, typer.Option(help="Save the screen at the end as PNG.")] = None,
    gif: Annotated[Path | None, typer.Option(help="Render the run as a GIF.")] = None,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Press the recorded buttons again and compare every recorded WRAM hash."""
    settings = settings_for(config, data_dir=data_dir, rom=rom)
    telemetry = find_telemetry(settings.data_dir, run, attempt)
    from agent_core import replay as replays

    found = replays.replay(telemetry, settings.rom, at_turn, screenshot)
    if gif is not None:
        replays.gif(telemetry, gif, settings.rom)
    if as_json:
        print_json(found)
    else:
        typer.echo(
            f"{telemetry}: {found.events} events, {found.turns} turns, {found.frame} frames in {found.seconds:.1f} s; "
            f"{found.hashes_checked} WRAM hashes compared, {len(found.mismatches)} differ"
        )
        for path in (screenshot, gif):
            if path is not None:
                typer.echo(f"picture: {path}")
    if found.mismatches:
        first = found.mismatches[0]
        raise CommandError(
            f"The replay of {telemetry} differs from its recording from event {first.seq} (turn {first.turn}) on.",
            FAILED,
        )


def print_json(value: object) -> None:
    """A struct as indented JSON on stdout."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value, enc_hook=str), indent=2).decode() + "\n")
