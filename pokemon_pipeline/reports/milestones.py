"""The milestone table: what was reached, and when it was to be reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pokemon_pipeline.references import MilestoneTarget

if TYPE_CHECKING:
    from agent_core.tally import MilestoneReached


class MilestoneRow(NamedTuple):
    milestone: str
    description: str
    turns: int
    frames: int
    presses: int
    seconds: float
    """Game seconds since power-on."""
    low: int | None
    medium: int | None
    high: int | None
    met: str
    """The most demanding target that was met: "high", "medium", "low" or nothing."""


def milestone_rows(reached: Sequence[MilestoneReached], targets: Sequence[MilestoneTarget]) -> list[MilestoneRow]:
    """A row per milestone that was reached, in the order of the game's turns."""
    by_name = {target.id: target for target in targets}
    rows = []
    for one in reached:
        target = by_name.get(one.milestone)
        low, medium, high = (None, None, None) if target is None else target.targets
        met = "" if target is None else target.met(one.turn)
        seconds = round(one.seconds, 1)
        rows.append(
            MilestoneRow(
                one.milestone,
                one.description,
                one.turn,
                one.frame,
                one.presses,
                seconds,
                low,
                medium,
                high,
                met,
            )
        )
    return rows
