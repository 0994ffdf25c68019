"""What no cartridge says, read from references/: the milestones and the turns that are aimed at."""

from __future__ import annotations

from pathlib import Path

import msgspec

from agent_core.quest.objectives import REFERENCES


class MilestoneTarget(msgspec.Struct, frozen=True):
    """A milestone and the turns within which a low, medium and high strategy are to reach it."""

    id: str
    description: str
    targets: tuple[int, int, int]

    def met(self, turn: int) -> str:
        """The most demanding target that `turn` meets, empty when it meets none."""
        low, medium, high = self.targets
        for name, limit in (("high", high), ("medium", medium), ("low", low)):
            if turn <= limit:
                return name
        return ""


class _File(msgspec.Struct, frozen=True):
    milestones: tuple[MilestoneTarget, ...]


def milestone_targets(path: Path = REFERENCES / "milestones.json") -> tuple[MilestoneTarget, ...]:
    """The milestones in the order of the game."""
    return msgspec.json.decode(path.read_bytes(), type=_File).milestones
