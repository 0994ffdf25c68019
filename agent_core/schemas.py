"""JSON Schema of every event type, rendered from the telemetry structs: `python -m agent_core.schemas [FOLDER]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec

from agent_core.telemetry import DATA_TYPES, SCHEMA, Event

FOLDER = Path(__file__).resolve().parent.parent / "references" / "schemas"


def schemas() -> dict[str, str]:
    """Text of every schema by file name: the envelope and one file a type of data."""
    texts = {f"{SCHEMA}.json": _text(Event, SCHEMA)}
    for name, kind in DATA_TYPES.items():
        texts[f"{name}.json"] = _text(kind, f"{SCHEMA}#{name}")
    return texts


def write(folder: Path = FOLDER) -> None:
    """Write every schema into `folder`, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text)


def _text(kind: type, title: str) -> str:
    schema = msgspec.json.schema(kind)
    return (
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title} | schema, indent=2)
        + "\n"
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
