from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from agent_core.schemas import FOLDER, schemas
from agent_core.telemetry import DATA_TYPES


def test_the_schema_files_are_what_the_structs_say() -> None:
    on_disk = {path.name: path.read_text() for path in FOLDER.glob("*.json")}
    assert on_disk == schemas(), "run python -m agent_core.schemas"


def test_every_event_type_has_a_schema_beside_the_envelope() -> None:
    assert set(schemas()) == {f"{name}.json" for name in DATA_TYPES} | {"pokemon.game.v1.json"}


def test_the_command_writes_them_where_it_is_told(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "agent_core.schemas", str(tmp_path / "new")], check=True)
    milestone = json.loads((tmp_path / "new" / "milestone.json").read_text())
    assert milestone["$defs"]["Milestone"]["required"] == [
        "milestone",
        "description",
        "presses",
        "seconds",
        "wram_hash",
    ]
