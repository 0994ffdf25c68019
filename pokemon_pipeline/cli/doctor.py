"""`pokemon doctor`: what this machine has and what is missing."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import typer

from agent_core.cartridge import CartridgeError, open_cartridge
from pokemon_pipeline.cli.errors import FAILED, CommandError, settings_for, writable
from pokemon_pipeline.cli.options import AsJson, Config, DataDir
from pokemon_pipeline.settings import Settings

PACKAGES = ("pyboy", "dagster", "dagster-webserver", "dagster-dlt", "dagster-duckdb", "dlt", "duckdb")


class Finding(NamedTuple):
    subject: str
    ok: bool
    detail: str


def _python() -> str:
    version = sys.version_info
    if not (3, 11) <= version < (3, 14):
        raise CommandError(f"Python {version.major}.{version.minor} is not one of 3.11, 3.12, 3.13")
    return f"Python {version.major}.{version.minor}.{version.micro}"


def _packages() -> str:
    return ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)


def _practice() -> str:
    cartridge = open_cartridge(None)
    return f"{cartridge.title}, SHA-1 {cartridge.sha1}"


def _rom(settings: Settings) -> str:
    if settings.rom is None:
        return "none (the practice cartridge is played; set POKEMON_ROM to insert your own)"
    cartridge = open_cartridge(settings.rom)
    return f"{cartridge.title}, {cartridge.kind}, SHA-1 {cartridge.sha1}"


def _data_folder(settings: Settings) -> str:
    writable(settings.data_dir)
    return f"{settings.data_dir} can be written"


def _warehouse(settings: Settings) -> str:
    from pokemon_pipeline.warehouse.connection import open_warehouse

    if not settings.warehouse.exists():
        return f"{settings.warehouse} is not there yet; `pokemon demo` makes it"
    with open_warehouse(settings.warehouse, read_only=True, timeout=0) as connection:
        (tables,) = connection.execute("select count(*) from duckdb_tables() where not internal").fetchall()[0]
    return f"{settings.warehouse} opens, {tables} tables"


def _dagster() -> str:
    if not Path("dagster.yaml").exists():
        raise CommandError("dagster.yaml is not in this folder; start the commands in the project's root")
    home = os.environ.get("DAGSTER_HOME")
    return f"history by dagster.yaml{f', DAGSTER_HOME is {home}' if home else ''}"


def examine(settings: Settings) -> list[Finding]:
    """Every check, each with what was found or what is wrong."""
    checks: dict[str, Callable[[], str]] = {
        "python": _python,
        "packages": _packages,
        "practice cartridge": _practice,
        "own cartridge": lambda: _rom(settings),
        "data folder": lambda: _data_folder(settings),
        "warehouse": lambda: _warehouse(settings),
        "dagster": _dagster,
        "cores": lambda: f"{settings.emulators} runs at a time",
    }
    return [_look(subject, check) for subject, check in checks.items()]


def _look(subject: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, True, check())
    except metadata.PackageNotFoundError as error:
        return Finding(subject, False, f"{error.name} is not installed; run `make setup`")
    except (CommandError, CartridgeError) as error:
        return Finding(subject, False, str(error))
    except Exception as error:
        if type(error).__name__ != "WarehouseError":
            raise
        return Finding(subject, False, str(error))


def doctor(data_dir: DataDir = None, config: Config = None, as_json: AsJson = False) -> None:
    """Check this machine: Python, packages, cartridges, data folder, warehouse, Dagster."""
    findings = examine(settings_for(config, data_dir=data_dir))
    if as_json:
        typer.echo(json.dumps([finding._asdict() for finding in findings], indent=2))
    else:
        for finding in findings:
            typer.echo(f"{'ok' if finding.ok else 'BAD':3}  {finding.subject:18}  {finding.detail}")
    if wrong := [finding.subject for finding in findings if not finding.ok]:
        raise CommandError(f"Not in order: {', '.join(wrong)}.", FAILED)
