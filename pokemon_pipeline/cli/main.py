"""`pokemon`: one command for playing, loading and looking; every error is one sentence, exit status 2 for bad use."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from pokemon_pipeline.cli import cartridge, demo, doctor, play, warehouse
from pokemon_pipeline.cli.errors import CommandError, sentence

app = typer.Typer(
    name="pokemon",
    help="An autonomous Pokemon Red player built as a Dagster data pipeline.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(demo.demo)
app.command()(play.play)
app.command()(play.replay)
app.command()(warehouse.load)
app.command()(warehouse.query)
app.add_typer(cartridge.app, name="cartridge")
app.command()(doctor.doctor)

INTERRUPTED = 130
"""What Typer makes of Ctrl-C."""


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 done, 1 failed, 2 bad use."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = typer.main.get_command(app).main(given or ["--help"], prog_name="pokemon", standalone_mode=False)
    except TyperException as error:
        message = error.format_message() if hasattr(error, "format_message") else str(error)
        return _say(CommandError(f"{message} See `pokemon --help`.", 2))
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:
        failure = sentence(error)
        if failure is None:
            raise
        return _say(failure)
    if status == INTERRUPTED:
        return _say(CommandError("Stopped."))
    return status or 0


def _say(failure: CommandError) -> int:
    typer.echo(str(failure), err=True)
    return failure.status


def main() -> None:
    sys.exit(run())
