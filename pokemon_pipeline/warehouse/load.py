"""JSONL telemetry into the `raw` tables by dlt: a byte-offset cursor per file, merge on the id, quarantine beside."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import dlt
import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
from dlt.common.pipeline import LoadInfo
from dlt.extract import DltResource, DltSource
from dlt.pipeline.exceptions import PipelineStepFailed

from pokemon_pipeline.settings import Settings
from pokemon_pipeline.warehouse.connection import WarehouseError, open_warehouse
from pokemon_pipeline.warehouse.lines import (
    ALERT,
    GAME,
    LLM,
    Kind,
    Line,
    QuarantineError,
    Row,
    parse,
    readable,
    whole_lines,
)
from pokemon_pipeline.warehouse.tables import ALERTS, GAME_EVENTS, LLM_EVENTS, QUARANTINE, TABLES, Table

PIPELINE = "pokemon_telemetry"
DATASET = "raw"
BATCH = 50_000
"""Rows that travel together; bounds the memory of a load."""
_HEAD = 4096
_TAIL = 256


class Feed(NamedTuple):
    """Where the lines of a table come from."""

    table: Table
    kind: Kind
    folder: Path


@dataclass
class Counts:
    """What one load did."""

    rows: Counter[str] = field(default_factory=Counter)
    quarantined: Counter[str] = field(default_factory=Counter)
    """By reason."""
    reread: list[str] = field(default_factory=list)
    """Files that were replaced or shortened since the last load and were read again from the start."""


def feeds(settings: Settings) -> tuple[Feed, ...]:
    return (
        Feed(GAME_EVENTS, GAME, settings.game_dir),
        Feed(LLM_EVENTS, LLM, settings.telemetry_dir),
        Feed(ALERTS, ALERT, settings.alerts_dir),
    )


def _fingerprint(path: Path, offset: int) -> str:
    """Tells whether the bytes before `offset` are still those that were loaded: their beginning and their end."""
    with path.open("rb") as file:
        head = file.read(min(_HEAD, offset))
        file.seek(max(0, offset - _TAIL))
        tail = file.read(min(_TAIL, offset))
    return hashlib.sha256(head + tail).hexdigest()


def _start(path: Path, cursor: dict[str, Any] | None) -> int | None:
    """Where to go on in a file; None when it is not the file that the cursor knows."""
    if cursor is None:
        return 0
    offset = int(cursor["offset"])
    if path.stat().st_size < offset or _fingerprint(path, offset) != cursor["fingerprint"]:
        return None
    return offset


def _forget(connection: duckdb.DuckDBPyConnection, name: str, attempts: list[list[Any]]) -> None:
    """Remove what an earlier content of file `name` had put into the warehouse."""
    connection.execute(f"delete from {DATASET}.quarantine where file = ?", [name])
    for run_id, attempt in attempts:
        connection.execute(f"delete from {DATASET}.game_events where run_id = ? and attempt = ?", [run_id, attempt])


def _file_rows(
    feed: Feed, path: Path, name: str, cursor: dict[str, Any], bad: list[Row], counts: Counts
) -> Iterator[Row]:
    """The rows of a file from its cursor on; moves the cursor, puts bad lines aside."""
    attempts = {(run_id, attempt) for run_id, attempt in cursor["attempts"]}
    line: Line | None = None
    for line in whole_lines(path, cursor["offset"]):
        try:
            row = parse(feed.kind, line)
        except QuarantineError as why:
            counts.quarantined[why.reason] += 1
            bad.append(
                {
                    "file": name,
                    "byte_offset": line.offset,
                    "bytes": line.end - line.offset,
                    "reason": why.reason,
                    "detail": why.detail,
                    "text": readable(line.head if line.content is None else line.content),
                }
            )
            continue
        if row is None:
            continue
        if "attempt" in row:
            attempts.add((row["run_id"], row["attempt"]))
        yield row
    if line is not None:
        cursor["attempts"] = sorted([run_id, attempt] for run_id, attempt in attempts)
        cursor["offset"] = line.end
        cursor["fingerprint"] = _fingerprint(path, line.end)


def _resource(
    feed: Feed, root: Path, connection: duckdb.DuckDBPyConnection | None, bad: list[Row], counts: Counts
) -> DltResource:
    table = feed.table

    def rows() -> Iterator[pa.Table]:
        cursors: dict[str, Any] = dlt.current.resource_state().setdefault("files", {})
        yield table.arrow.empty_table()
        batch: list[Row] = []
        for path in sorted(feed.folder.glob("*.jsonl")):
            name = path.relative_to(root).as_posix()
            if not path.is_file():
                continue
            if _start(path, cursors.get(name)) is None and connection is not None:
                _forget(connection, name, cursors.pop(name)["attempts"])
                counts.reread.append(name)
            cursor = cursors.setdefault(name, {"offset": 0, "fingerprint": _fingerprint(path, 0), "attempts": []})
            for row in _file_rows(feed, path, name, cursor, bad, counts):
                batch.append(row)
                if len(batch) == BATCH:
                    counts.rows[table.name] += len(batch)
                    yield _columns(table, batch)
                    batch = []
        if batch:
            counts.rows[table.name] += len(batch)
            yield _columns(table, batch)

    return _hinted(rows, table)


def _columns(table: Table, batch: list[Row]) -> pa.Table:
    """The rows as Arrow columns."""
    return pa.Table.from_pydict({name: [row[name] for row in batch] for name in table.columns}, schema=table.arrow)


def _hinted(rows: Any, table: Table) -> DltResource:
    resource: DltResource = dlt.resource(
        rows,
        name=table.name,
        write_disposition="merge",
        primary_key=list(table.primary_key),
        columns=table.dlt_columns,
    )
    return resource


def telemetry_source(
    settings: Settings, connection: duckdb.DuckDBPyConnection | None = None, counts: Counts | None = None
) -> DltSource:
    """The four tables of `raw` as dlt resources; a source serves one load.

    Quarantine comes last: it is what the others put aside.
    """
    counts = Counts() if counts is None else counts
    bad: list[Row] = []

    def quarantine() -> Iterator[pa.Table]:
        yield QUARANTINE.arrow.empty_table()
        for start in range(0, len(bad), BATCH):
            yield _columns(QUARANTINE, bad[start : start + BATCH])

    resources = [_resource(feed, settings.telemetry_dir, connection, bad, counts) for feed in feeds(settings)]

    @dlt.source(name="telemetry", max_table_nesting=0)
    def telemetry() -> list[DltResource]:
        return [*resources, _hinted(quarantine, QUARANTINE)]

    return telemetry()


def telemetry_pipeline(settings: Settings, connection: duckdb.DuckDBPyConnection | None = None) -> dlt.Pipeline:
    """The pipeline into the warehouse; the cursor lives in the warehouse itself, so both are deleted together."""
    target = str(settings.warehouse) if connection is None else connection
    return dlt.pipeline(
        PIPELINE,
        destination=dlt.destinations.duckdb(target),
        dataset_name=DATASET,
        pipelines_dir=str(settings.pipelines_dir),
    )


class Loaded(NamedTuple):
    """What a load did, and dlt's own account of it."""

    counts: Counts
    source: DltSource
    pipeline: dlt.Pipeline
    info: LoadInfo


def load(settings: Settings) -> Loaded:
    """Load everything that is new; loading again changes nothing.

    The tables are always loaded together: a line is either in its table or in the quarantine.
    """
    counts = Counts()
    with open_warehouse(settings.warehouse, timeout=settings.lock_timeout) as connection:
        pipeline = telemetry_pipeline(settings, connection).drop()
        source = telemetry_source(settings, connection, counts)
        try:
            info = pipeline.run(source)
        except PipelineStepFailed as error:
            cause: BaseException = error
            while (deeper := cause.__cause__ or cause.__context__) is not None:
                cause = deeper
            raise WarehouseError(f"The telemetry cannot be loaded: {cause}.") from error
    return Loaded(counts, source, pipeline, info)


def table_sizes(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every raw table."""
    sizes = {}
    for table in TABLES:
        (sizes[table.name],) = connection.execute(f"select count(*) from {DATASET}.{table.name}").fetchall()[0]
    return sizes
