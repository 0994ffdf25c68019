"""The raw tables: their columns, written once for Arrow (how rows travel), dlt and DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

_ARROW: dict[str, pa.DataType] = {
    "text": pa.string(),
    "bigint": pa.int64(),
    "timestamp": pa.timestamp("us", "UTC"),
    "json": pa.string(),
}


@dataclass(frozen=True)
class Table:
    """A table of schema `raw`; columns map a name to its dlt type, a trailing `?` allows NULL."""

    name: str
    description: str
    primary_key: tuple[str, ...]
    columns: dict[str, str]

    @property
    def arrow(self) -> pa.Schema:
        return pa.schema(
            [
                pa.field(name, _ARROW[kind.removesuffix("?")], nullable=kind.endswith("?"))
                for name, kind in self.columns.items()
            ]
        )

    @property
    def dlt_columns(self) -> dict[str, Any]:
        return {
            name: {"data_type": kind.removesuffix("?"), "nullable": kind.endswith("?")}
            for name, kind in self.columns.items()
        }


GAME_EVENTS = Table(
    "game_events",
    "One row per event of the player (pokemon.game.v1): the typed envelope, and the event's own fields as JSON.",
    ("event_id",),
    {
        "event_id": "text",
        "run_id": "text",
        "attempt": "bigint",
        "seq": "bigint",
        "turn": "bigint",
        "frame": "bigint",
        "occurred_at": "timestamp",
        "event_type": "text",
        "data": "json",
    },
)

LLM_EVENTS = Table(
    "llm_events",
    "One row per message with a language model (tapes.node.v1).",
    ("event_id",),
    {
        "event_id": "text",
        "event_type": "text",
        "root_hash": "text",
        "occurred_at": "timestamp",
        "node_hash": "text?",
        "parent_hash": "text?",
        "role": "text",
        "model": "text",
        "provider": "text",
        "agent_name": "text?",
        "stop_reason": "text?",
        "project": "text?",
        "prompt_tokens": "bigint?",
        "completion_tokens": "bigint?",
        "total_tokens": "bigint?",
        "cache_creation_input_tokens": "bigint?",
        "cache_read_input_tokens": "bigint?",
        "data": "json",
    },
)

ALERTS = Table(
    "alerts",
    "One row per alert; `source` says who raised it, flink or duckdb.",
    ("alert_id",),
    {
        "alert_id": "text",
        "source": "text",
        "alert_type": "text",
        "run_id": "text?",
        "root_hash": "text?",
        "detail": "text",
        "window_start": "timestamp",
        "window_end": "timestamp",
        "event_count": "bigint",
    },
)

QUARANTINE = Table(
    "quarantine",
    "One row per telemetry line that could not become a row: where it stands, why, and how it begins.",
    ("file", "byte_offset"),
    {
        "file": "text",
        "byte_offset": "bigint",
        "bytes": "bigint",
        "reason": "text",
        "detail": "text",
        "text": "text",
    },
)

TABLES = (GAME_EVENTS, LLM_EVENTS, ALERTS, QUARANTINE)
