from __future__ import annotations

import pytest

from agent_core.run import MilestoneReached
from pokemon_pipeline.references import MilestoneTarget, milestone_targets
from pokemon_pipeline.reports.milestones import milestone_rows


@pytest.mark.parametrize(("turn", "met"), [(500, "high"), (501, "medium"), (1000, "medium"), (2000, "low"), (2001, "")])
def test_a_turn_meets_the_most_demanding_target_that_it_stays_within(turn: int, met: str) -> None:
    assert MilestoneTarget("viridian", "Viridian City", (2000, 1000, 500)).met(turn) == met


def test_the_first_milestones_are_the_rival_and_the_second_town() -> None:
    assert [target.id for target in milestone_targets()][:2] == ["rival_beaten", "viridian"]


def test_a_milestone_without_a_target_is_still_shown() -> None:
    reached = MilestoneReached(milestone="new", description="new", turn=3, frame=9, presses=2, seconds=0.15)
    (row,) = milestone_rows([reached], milestone_targets())
    assert (row.milestone, row.turns, row.low, row.met) == ("new", 3, None, "")
