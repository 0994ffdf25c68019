"""The marts: one SQL file a table, refreshed in the order in which they read each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from pokemon_pipeline.references import MilestoneTarget, milestone_targets

SCHEMA = "marts"
SQL_DIR = Path(__file__).with_name("sql")
_READS = re.compile(r"\b(raw|marts)\.(\w+)")


@dataclass(frozen=True)
class Mart:
    """A table of schema `marts`, defined by its SQL file."""

    name: str
    sql: str

    @property
    def description(self) -> str:
        """The first line of the file: "one row per ..."."""
        return self.sql.splitlines()[0].removeprefix("--").strip()

    @cached_property
    def reads(self) -> tuple[tuple[str, str], ...]:
        """(schema, table) of everything that the query reads."""
        return tuple(sorted(set(_READS.findall(self.sql))))


def marts() -> tuple[Mart, ...]:
    """Every mart, those that others read first."""
    found = {path.stem: Mart(path.stem, path.read_text(encoding="utf-8")) for path in sorted(SQL_DIR.glob("*.sql"))}
    graph = {name: [table for schema, table in mart.reads if schema == SCHEMA] for name, mart in found.items()}
    return tuple(found[name] for name in TopologicalSorter(graph).static_order())


def refresh(
    connection: duckdb.DuckDBPyConnection,
    names: Iterable[str] | None = None,
    targets: tuple[MilestoneTarget, ...] | None = None,
) -> dict[str, int]:
    """Build the named marts again (all by default) in one transaction; the rows of each."""
    chosen = {mart.name for mart in marts()} if names is None else set(names)
    rows: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("begin")
        cursor.execute(f"create schema if not exists {SCHEMA}")
        _targets_table(cursor, milestone_targets() if targets is None else targets)
        for mart in marts():
            if mart.name in chosen:
                cursor.execute(f"create or replace table {SCHEMA}.{mart.name} as {mart.sql}")
                description = mart.description.replace("'", "''")
                cursor.execute(f"comment on table {SCHEMA}.{mart.name} is '{description}'")
                (rows[mart.name],) = cursor.execute(f"select count(*) from {SCHEMA}.{mart.name}").fetchall()[0]
        cursor.execute("commit")
    return rows


def _targets_table(cursor: duckdb.DuckDBPyConnection, targets: tuple[MilestoneTarget, ...]) -> None:
    """The temporary table `milestone_targets`: what references/milestones.json says."""
    cursor.execute(
        "create or replace temp table milestone_targets"
        " (milestone varchar primary key, description varchar, low bigint, medium bigint, high bigint)"
    )
    for target in targets:
        cursor.execute(
            "insert into milestone_targets values (?, ?, ?, ?, ?)",
            [target.id, target.description, *target.targets],
        )
