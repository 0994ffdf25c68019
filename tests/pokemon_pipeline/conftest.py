"""Telemetry written through the player's own structs, and a player that needs no emulator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from agent_core import telemetry
from agent_core.run import MilestoneReached, Progress, RunConfig, RunResult
from agent_core.telemetry import EventData, Position
from pokemon_pipeline.resources import Player
from pokemon_pipeline.settings import Settings
from pokemon_pipeline.warehouse.connection import open_warehouse

START = datetime(2026, 3, 10, 12, tzinfo=UTC)


def line(data: EventData, *, run_id: str, attempt: int = 1, seq: int, turn: int, frame: int) -> bytes:
    """One whole line as the player writes it."""
    event = telemetry.Event(
        event_type=telemetry.EVENT_TYPES[type(data)],
        event_id=f"{run_id}:{attempt}:{seq}",
        run_id=run_id,
        attempt=attempt,
        seq=seq,
        turn=turn,
        frame=frame,
        occurred_at=telemetry.rfc3339(START + timedelta(milliseconds=10 * seq)),
        data=data,
    )
    return telemetry.encode(event) + b"\n"


def overworld(x: int = 3, map_id: int = 0) -> telemetry.Overworld:
    return telemetry.Overworld(
        map_id=map_id,
        position=Position(x, 6),
        badges=0,
        badge_count=0,
        party_count=1,
        action="right",
        stuck_turns=0,
        inputs=[(100, 16), (116, 0)],
    )


def milestone(name: str, description: str = "somewhere") -> telemetry.Milestone:
    return telemetry.Milestone(milestone=name, description=description, presses=12, seconds=3.5, wram_hash="ab" * 32)


def run_lines(run_id: str, *, attempt: int = 1, turns: int = 6, finished: bool = True, seed: int = 0) -> list[bytes]:
    """A run that walks, reaches two milestones on the way and ends."""
    events: list[tuple[EventData, int]] = [
        (telemetry.Session(phase="start", cartridge_title="PRACTICE", strategy="heuristic", seed=seed), 0)
    ]
    for turn in range(1, turns + 1):
        events.append((overworld(x=turn), turn))
        if turn == 2:
            events.append((milestone("rival_beaten"), turn))
        if turn == 4:
            events.append((milestone("viridian", "Viridian City"), turn))
    if finished:
        events.append(
            (telemetry.Session(phase="end", reason="milestone", battles_won=1, maps_visited=3, presses=20), turns)
        )
    return [
        line(data, run_id=run_id, attempt=attempt, seq=seq, turn=turn, frame=100 + 16 * seq)
        for seq, (data, turn) in enumerate(events, start=1)
    ]


WriteRun = Callable[..., Path]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", lock_timeout=0.0)


@pytest.fixture
def write_run(settings: Settings) -> WriteRun:
    """Writes `run_lines` as the file of an attempt; `extra` bytes follow them."""

    def write(run_id: str, *, attempt: int = 1, extra: bytes = b"", **facts: object) -> Path:
        settings.game_dir.mkdir(parents=True, exist_ok=True)
        path = settings.game_dir / f"{run_id}.{attempt}.jsonl"
        path.write_bytes(b"".join(run_lines(run_id, attempt=attempt, **facts)) + extra)  # type: ignore[arg-type]
        return path

    return write


@pytest.fixture
def rows(settings: Settings) -> Callable[[str], list[tuple[object, ...]]]:
    """The rows of a query against the warehouse of the test."""

    def ask(sql: str) -> list[tuple[object, ...]]:
        with open_warehouse(settings.warehouse, timeout=0) as connection:
            return connection.execute(sql).fetchall()

    return ask


def all_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without dlt's bookkeeping."""
    found = connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where not table_name like '\\_dlt%' escape '\\' and schema_name in ('raw', 'marts') order by all"
    ).fetchall()
    return {
        f"{schema}.{table}": connection.execute(f"select * from {schema}.{table} order by all").fetchall()
        for schema, table in found
    }


class FakePlayer(Player):
    """Writes the telemetry of `run_lines` and reports progress; `lines_until_error` makes it fail in the middle."""

    def __init__(self, error: BaseException | None = None, errors: int = 1) -> None:
        self.configs: list[RunConfig] = []
        self._error = error
        self._errors = errors

    def play(self, config: RunConfig, progress: Callable[[Progress], None]) -> RunResult:
        self.configs.append(config)
        folder = config.data_dir / "telemetry" / "game"
        folder.mkdir(parents=True, exist_ok=True)
        attempt = 1
        while (path := folder / f"{config.run_id}.{attempt}.jsonl").exists() and b'"phase":"end"' in path.read_bytes():
            attempt += 1
        resumed = path.exists()
        lines = run_lines(config.run_id, attempt=attempt, seed=config.seed)
        for turn in range(1, 4):
            progress(self._progress(turn))
        if self._error is not None and len(self.configs) <= self._errors:
            path.write_bytes(b"".join(lines[:3]))
            raise self._error
        path.write_bytes(b"".join(lines))
        reached = tuple(
            MilestoneReached(
                milestone=name, description=name, turn=turn, frame=turn * 16, presses=turn, seconds=turn / 2
            )
            for name, turn in (("rival_beaten", 2), ("viridian", 1500))
        )
        return RunResult(
            run_id=config.run_id,
            attempt=attempt,
            reason="milestone",
            finished=True,
            turns=6,
            presses=20,
            intro_presses=5,
            frames=228,
            seconds=0.5,
            battles_won=1,
            maps_visited=3,
            map_id=1,
            position=Position(6, 6),
            party_count=1,
            badges=0,
            milestones=reached,
            wram_hash="cd" * 32,
            telemetry=path,
            cartridge_sha1="0" * 40,
            cartridge_title="PRACTICE",
            resumed=resumed,
        )

    @staticmethod
    def _progress(turn: int) -> Progress:
        return Progress(
            turns=turn,
            frames=turn * 16,
            presses=turn,
            seconds=6.0 * turn,
            map_id=0,
            position=Position(turn, 6),
            badges=0,
            party_count=1,
            milestones=("rival_beaten",) if turn > 1 else (),
            frames_per_second=1000.0,
        )


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral
