"""`pokemon load` and `pokemon query`: the warehouse from a shell."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from pokemon_pipeline.cli.errors import BAD_USE, CommandError, settings_for, writable
from pokemon_pipeline.cli.options import AsJson, Config, DataDir


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


def load(data_dir: DataDir = None, config: Config = None, as_json: AsJson = False) -> None:
    """Load new telemetry into the warehouse and refresh the marts; loading again changes nothing."""
    settings = settings_for(config, data_dir=data_dir)
    writable(settings.data_dir)
    from pokemon_pipeline.warehouse import connection, marts
    from pokemon_pipeline.warehouse import load as loader

    counts = loader.load(settings).counts
    with connection.open_warehouse(settings.warehouse, timeout=settings.lock_timeout) as warehouse:
        rows = marts.refresh(warehouse)
        sizes = loader.table_sizes(warehouse)
    connection.publish(settings.warehouse, settings.published)
    new = {name: counts.rows[name] for name in sizes if name != "quarantine"}
    if as_json:
        report = {
            "new": new,
            "quarantined": dict(sorted(counts.quarantined.items())),
            "reread": counts.reread,
            "raw": sizes,
            "marts": rows,
        }
        typer.echo(json.dumps(report, indent=2))
        return
    typer.echo("new rows: " + ", ".join(f"{name} {count}" for name, count in new.items()))
    if counts.quarantined:
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(counts.quarantined.items()))
        typer.echo(f"quarantined: {reasons} (see raw.quarantine)")
    for name in counts.reread:
        typer.echo(f"read again from the start, because it was replaced or shortened: {name}")
    typer.echo("marts: " + ", ".join(f"{name} {count}" for name, count in rows.items()))
    typer.echo(f"warehouse: {settings.warehouse} (for readers: {settings.published})")


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One statement, for example: from marts.milestones")],
    output: Annotated[Format, typer.Option("--format", "-f", help="How to print the rows.")] = Format.table,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Ask the warehouse one question; nothing can be changed by it."""
    settings = settings_for(config, data_dir=data_dir)
    from pokemon_pipeline.warehouse import query as querying

    path = querying.readable_warehouse(settings.warehouse, settings.published)
    if not path.exists():
        raise CommandError(
            f"There is no warehouse in {settings.data_dir}; `pokemon demo` or `pokemon load` makes one.", BAD_USE
        )
    answer = querying.run_query(path, sql, timeout=settings.lock_timeout)
    if output is Format.csv:
        sys.stdout.write(querying.as_csv(answer))
    elif output is Format.json:
        typer.echo(querying.as_json(answer))
    else:
        _table(answer.columns, [[_cell(value) for value in row] for row in answer.rows])


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _table(columns: list[str], rows: list[list[str]]) -> None:
    """One line a row: as wide as the rows in a file or pipe, cut to the screen in a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE)
    for name in columns:
        table.add_column(Text(name), no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*(Text(" ".join(cell.splitlines())) for cell in row))
    natural = sum(max(map(len, cells)) + 3 for cells in zip(columns, *rows, strict=True))
    console = Console() if sys.stdout.isatty() else Console(width=natural + 10)
    console.print(table)
    typer.echo(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")
