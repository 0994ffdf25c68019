"""What assets work with: the project's settings, the player and the warehouse."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg
import duckdb
from dagster_duckdb import DuckDBResource

from pokemon_pipeline.settings import Settings
from pokemon_pipeline.warehouse import connection

if TYPE_CHECKING:
    from agent_core.run import Progress, RunConfig, RunResult


class Project(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The settings of pokemon_pipeline.settings, as one resource."""

    data_dir: str = "data"
    rom: str = ""
    """ROM file; empty is the practice cartridge."""
    strategy: str = "heuristic"
    max_turns: int = 100_000
    lock_timeout: float = 30.0

    @classmethod
    def of(cls, settings: Settings) -> Project:
        return cls(
            data_dir=str(settings.data_dir),
            rom=str(settings.rom or ""),
            strategy=settings.strategy,
            max_turns=settings.max_turns,
            lock_timeout=settings.lock_timeout,
        )

    @property
    def settings(self) -> Settings:
        return Settings(
            data_dir=Path(self.data_dir),
            rom=Path(self.rom) if self.rom else None,
            strategy=self.strategy,
            max_turns=self.max_turns,
            lock_timeout=self.lock_timeout,
        )


class Player:
    """The player of agent_core behind one method, so that a watcher or a test can put another in its place."""

    def play(self, config: RunConfig, progress: Callable[[Progress], None]) -> RunResult:
        from agent_core.run import play

        return play(config, progress=progress)


class WatchedPlayer(Player):
    """The player, with somebody who looks on: gets every progress report as soon as it is made."""

    def __init__(self, watch: Callable[[Progress], None], player: Player | None = None) -> None:
        self._watch = watch
        self._player = player or Player()

    def play(self, config: RunConfig, progress: Callable[[Progress], None]) -> RunResult:
        def both(now: Progress) -> None:
            self._watch(now)
            progress(now)

        return self._player.play(config, both)


class Warehouse(DuckDBResource):
    """DuckDB with short connections: closed on error, read-only on request, patient with a locked file."""

    published: str
    """The copy for readers."""
    lock_timeout: float = 30.0

    @classmethod
    def of(cls, settings: Settings) -> Warehouse:
        return cls(
            database=str(settings.warehouse), published=str(settings.published), lock_timeout=settings.lock_timeout
        )

    @contextlib.contextmanager
    def get_connection(self, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        with connection.open_warehouse(
            Path(self.database), read_only=read_only, timeout=self.lock_timeout
        ) as warehouse:
            yield warehouse

    def publish(self) -> int:
        """Replace the readers' copy; the bytes copied."""
        return connection.publish(Path(self.database), Path(self.published))
