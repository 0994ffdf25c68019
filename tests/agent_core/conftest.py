"""The tiny ROM as a file that passes for the practice cartridge, and runs on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent_core import cartridge
from agent_core.run import RunConfig, RunResult, play
from tests.agent_core.scripted_player import ScriptedPlayer
from tests.agent_core.tiny_rom import tiny_rom


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny ROM in place of the packaged practice cartridge."""
    path = tmp_path / "tiny.gb"
    path.write_bytes(tiny_rom())
    monkeypatch.setattr(cartridge, "PRACTICE_PATH", path)
    cartridge.practice_cartridge.cache_clear()
    yield path
    cartridge.practice_cartridge.cache_clear()


@pytest.fixture
def play_tiny(tiny: Path, tmp_path: Path) -> Callable[..., RunResult]:
    """Plays run "r" with the scripted player for 60 turns, or as the keywords say."""

    def run(**options: Any) -> RunResult:
        keywords = {
            name: options.pop(name)
            for name in ("sinks", "progress", "should_stop", "advisor", "player", "clock")
            if name in options
        }
        config = {"run_id": "r", "data_dir": tmp_path / "data", "max_turns": 60, "checkpoint_every": 10} | options
        return play(RunConfig(**config), **({"player": ScriptedPlayer} | keywords))

    return run
