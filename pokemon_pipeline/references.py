"""What no cartridge says, read from references/: the milestones and the turns that are aimed at."""

from __future__ import annotations

from pathlib import Path

import msgspec

REFERENCES = Path(__file__).resolve().parents[1] / "references"


class MilestoneTarget(msgspec.Struct, frozen=True, kw_only=True):
    """Turns within which a strategy of each level is to reach a milestone."""

    milestone: str
    description: str
    low: int | None = None
    medium: int | None = None
    high: int | None = None

    def met(self, turn: int) -> str:
        """The most demanding target that `turn` meets, empty when it meets none."""
        for name, limit in (("high", self.high), ("medium", self.medium), ("low", self.low)):
            if limit is not None and turn <= limit:
                return name
        return ""


def milestone_targets(path: Path = REFERENCES / "milestones.json") -> tuple[MilestoneTarget, ...]:
    """The milestones in the order of the game."""
    return msgspec.json.decode(path.read_bytes(), type=tuple[MilestoneTarget, ...])
