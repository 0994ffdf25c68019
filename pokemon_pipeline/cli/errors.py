"""What a person is told when a command cannot be done: one sentence and an exit status."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from agent_core.cartridge import CartridgeError
from pokemon_pipeline.settings import Settings, SettingsError, load_settings

BAD_USE = 2
FAILED = 1


class CommandError(Exception):
    """One sentence for stderr, and the exit status: 1 failed, 2 bad use."""

    def __init__(self, message: str, status: int = FAILED) -> None:
        super().__init__(" ".join(message.split()))
        self.status = status


def sentence(error: Exception) -> CommandError | None:
    """The sentence for an error that a person can do something about; None for a defect of the program."""
    if isinstance(error, CommandError):
        return error
    if isinstance(error, SettingsError | CartridgeError):
        return CommandError(str(error), BAD_USE)
    names = {kind.__name__ for kind in type(error).__mro__}
    if "QueryError" in names:
        return CommandError(str(error), BAD_USE)
    if names & {"WarehouseError", "RunError", "ReplayError"}:
        return CommandError(str(error), FAILED)
    if isinstance(error, OSError):
        return CommandError(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.", FAILED)
    return None


def settings_for(config: Path | None = None, **command_line: Any) -> Settings:
    """The settings in force for a command; options of None count as not given."""
    return load_settings(config, **command_line)


def writable(data_dir: Path) -> None:
    """Refuse a data folder in which nothing can be written; leaves no trace."""
    missing = [folder for folder in (data_dir, *data_dir.parents) if not folder.exists()]
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data_dir):
            pass
    except OSError as error:
        raise CommandError(
            f"Nothing can be written to the data folder {data_dir} ({error.strerror}).", BAD_USE
        ) from error
    finally:
        for folder in missing:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
