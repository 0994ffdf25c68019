"""One read-only SQL statement against the warehouse, as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pokemon_pipeline.warehouse.connection import open_warehouse

_EXCERPT = re.compile(r"\n\s*LINE \d+:")


class QueryError(Exception):
    """One sentence about SQL that cannot be answered."""


class Answer(NamedTuple):
    columns: list[str]
    rows: Sequence[tuple[Any, ...]]


def readable_warehouse(warehouse: Path, published: Path) -> Path:
    """The readers' copy when it is there, else the warehouse itself."""
    return published if published.exists() else warehouse


def run_query(path: Path, sql: str, *, timeout: float = 30.0) -> Answer:
    """The rows of a query; nothing in the file, and no other file, can be changed by it."""
    with open_warehouse(path, read_only=True, timeout=timeout) as connection:
        connection.execute("set enable_external_access = false")
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1:
                raise QueryError(f"One SQL statement is needed; this has {len(statements)}.")
            result = connection.execute(statements[0])
            columns = [column[0] for column in result.description or []]
            return Answer(columns, result.fetchall())
        except duckdb.Error as error:
            reason = " ".join(_EXCERPT.split(str(error))[0].split())
            raise QueryError(f"The SQL cannot be answered: {reason}") from error


def as_csv(answer: Answer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.rows)
    return out.getvalue()


def as_json(answer: Answer) -> str:
    return json.dumps([dict(zip(answer.columns, row, strict=True)) for row in answer.rows], default=str, indent=2)
