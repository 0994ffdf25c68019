"""Options that several commands share, spelled once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Folder of everything that runs make.")]
Config = Annotated[Path | None, typer.Option("--config", help="Settings file; config.toml when it is there.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]
Rom = Annotated[Path | None, typer.Argument(help="Your ROM file.", metavar="ROM", show_default=False)]
Practice = Annotated[bool, typer.Option("--practice", help="Insert the packaged practice cartridge.")]
