"""`pokemon cartridge`: what is inserted."""

from __future__ import annotations

import json

import typer

from agent_core.cartridge import open_cartridge
from pokemon_pipeline.cli.errors import settings_for
from pokemon_pipeline.cli.options import AsJson, Config, Rom

app = typer.Typer(help="The cartridge: which one is inserted and whether it can be played.")


@app.callback()
def group() -> None:
    """The cartridge: which one is inserted and whether it can be played."""


@app.command()
def info(rom: Rom = None, config: Config = None, as_json: AsJson = False) -> None:
    """Title, kind, size and SHA-1 of a ROM file, of POKEMON_ROM, or of the practice cartridge."""
    settings = settings_for(config, rom=rom)
    cartridge = open_cartridge(settings.rom)
    facts = {
        "title": cartridge.title,
        "kind": cartridge.kind,
        "bytes": len(cartridge.rom),
        "sha1": cartridge.sha1,
        "path": str(cartridge.path),
    }
    if as_json:
        typer.echo(json.dumps(facts, indent=2))
        return
    for name, value in facts.items():
        typer.echo(f"{name:6} {value}")
