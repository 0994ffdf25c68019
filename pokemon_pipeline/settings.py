"""The settings of the pipeline: command line over environment over config.toml over defaults, in one typed model."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

ENVIRONMENT_PREFIX = "POKEMON_"
CONFIG_FILE = "config.toml"
CONFIG_VERSION = 1


class SettingsError(Exception):
    """One sentence that says which setting is wrong and where it came from."""


class ConfluentSettings(BaseModel):
    """`[telemetry.confluent]` of config.toml; the secrets are only ever named, never held."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool = False
    bootstrap_servers: str = ""
    topic_prefix: str = "pokemon"
    api_key_env: str = "CONFLUENT_API_KEY"
    api_secret_env: str = "CONFLUENT_API_SECRET"


class Settings(BaseModel):
    """Every value that a person may set, with its default and bounds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data_dir: Path = Path("data")
    """Everything that a run makes appears here."""
    rom: Path | None = None
    """The inserted cartridge; None is the practice cartridge."""
    strategy: str = "heuristic"
    seed: int = Field(default=0, ge=0)
    max_turns: int = Field(default=100_000, ge=1)
    emulators: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    """Runs that Dagster may play at the same time: the limit of its pool `emulator`."""
    lock_timeout: float = Field(default=30.0, ge=0)
    """Seconds to wait for a warehouse that another process has open."""
    confluent: ConfluentSettings = ConfluentSettings()

    @property
    def telemetry_dir(self) -> Path:
        return self.data_dir / "telemetry"

    @property
    def game_dir(self) -> Path:
        return self.telemetry_dir / "game"

    @property
    def alerts_dir(self) -> Path:
        return self.telemetry_dir / "alerts"

    @property
    def frames_dir(self) -> Path:
        return self.data_dir / "frames"

    @property
    def warehouse(self) -> Path:
        return self.data_dir / "telemetry.duckdb"

    @property
    def published(self) -> Path:
        """The copy of the warehouse for readers; it never blocks a load."""
        return self.data_dir / "telemetry_ro.duckdb"

    @property
    def pipelines_dir(self) -> Path:
        return self.data_dir / "dlt"

    @property
    def dagster_dir(self) -> Path:
        return self.data_dir / "dagster"


def _from_file(path: Path, required: bool) -> dict[str, Any]:
    """The settings of a config.toml: top-level keys as in `Settings`, and the original's [telemetry] tables."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if required:
            raise SettingsError(f"The configuration file {path} does not exist.") from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The configuration file {path} cannot be read: {error}.") from error
    version = content.pop("version", CONFIG_VERSION)
    if version != CONFIG_VERSION:
        raise SettingsError(f"{path} has version {version}; this program reads version {CONFIG_VERSION}.")
    telemetry = content.pop("telemetry", {})
    if not isinstance(telemetry, dict):
        raise SettingsError(f"[telemetry] in {path} must be a table.")
    if "confluent" in telemetry:
        content["confluent"] = telemetry["confluent"]
    if "dir" in telemetry:
        folder = Path(str(telemetry["dir"]))
        if folder.name != "telemetry":
            raise SettingsError(f"[telemetry] dir in {path} must end in 'telemetry' (given: {folder}).")
        content.setdefault("data_dir", str(folder.parent))
    return content


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """POKEMON_DATA_DIR, POKEMON_ROM and so on; empty values count as unset."""
    names = [name for name in Settings.model_fields if name != "confluent"]
    found = {name: environ.get(ENVIRONMENT_PREFIX + name.upper(), "") for name in names}
    return {name: value for name, value in found.items() if value}


def load_settings(
    config: Path | None = None, *, environ: Mapping[str, str] | None = None, **command_line: Any
) -> Settings:
    """The settings in force; `command_line` values of None count as not given."""
    given = {name: value for name, value in command_line.items() if value is not None}
    environ = os.environ if environ is None else environ
    named = config or (Path(environ["POKEMON_CONFIG"]) if environ.get("POKEMON_CONFIG") else None)
    from_file = _from_file(named or Path(CONFIG_FILE), required=named is not None)
    values = {**from_file, **_from_environment(environ), **given}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        given_value = "" if first["type"] == "extra_forbidden" else f" (given: {first['input']})"
        raise SettingsError(f"The setting {name} is wrong: {first['msg']}{given_value}.") from None
