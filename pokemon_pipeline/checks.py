"""Checks: one that stops the marts when events were lost on the way, one that warns when a run was slow."""

from typing import NamedTuple

import dagster as dg
import duckdb

from pokemon_pipeline.concurrency import WAREHOUSE_POOL
from pokemon_pipeline.resources import Warehouse

BROKEN = """
with ordered as (
    select
        run_id, attempt, seq, turn, frame, event_type,
        lag(turn) over attempt_order as turn_before,
        lag(frame) over attempt_order as frame_before
    from raw.game_events
    window attempt_order as (partition by run_id, attempt order by seq)
),
judged as (
    select
        run_id, attempt,
        max(seq) - count(distinct seq) as missing,
        count(*) - count(distinct seq) as duplicates,
        count(*) filter (turn < turn_before) as turns_back,
        count(*) filter (frame < frame_before and event_type <> 'backtrack') as frames_back
    from ordered
    group by run_id, attempt
),
refused as (
    select regexp_extract(file, '([^/]+)\\.jsonl$', 1) as stem, count(*) as lines from raw.quarantine group by stem
)
select run_id, attempt, missing, coalesce(lines, 0) as quarantined, duplicates, turns_back, frames_back
from judged
left join refused on stem = run_id || '.' || attempt
where missing > 0 or duplicates > 0 or turns_back > 0 or frames_back > 0
order by run_id, attempt
"""
"""Attempts whose events do not count 1, 2, 3 ... with turns and frames that never go back (a backtrack may)."""


class BrokenAttempt(NamedTuple):
    run_id: str
    attempt: int
    missing: int
    quarantined: int
    """Lines of its file that could not be read: they explain as many missing events."""
    duplicates: int
    turns_back: int
    frames_back: int

    @property
    def explained(self) -> bool:
        """True when nothing but the quarantined lines is missing: the loss is known and counted."""
        return self.missing <= self.quarantined and not (self.duplicates or self.turns_back or self.frames_back)


def broken_attempts(connection: duckdb.DuckDBPyConnection) -> list[BrokenAttempt]:
    return [BrokenAttempt(*row) for row in connection.execute(BROKEN).fetchall()]


@dg.asset_check(asset=dg.AssetKey(["raw", "game_events"]), blocking=True, pool=WAREHOUSE_POOL)
def events_are_complete(warehouse: Warehouse) -> dg.AssetCheckResult:
    """No event of any attempt is missing, doubled or out of order, save those whose line is in quarantine."""
    with warehouse.get_connection(read_only=True) as connection:
        broken = broken_attempts(connection)
    unexplained = [attempt for attempt in broken if not attempt.explained]
    names = ", ".join(f"{one.run_id}.{one.attempt}" for one in (unexplained or broken)[:10])
    return dg.AssetCheckResult(
        passed=not broken,
        severity=dg.AssetCheckSeverity.ERROR if unexplained else dg.AssetCheckSeverity.WARN,
        description=f"Look at {names}." if names else "Every attempt counts 1, 2, 3 ...",
        metadata={"broken_attempts": len(broken), "unexplained": len(unexplained)},
    )


SLOW = """
select run_id, milestone, turn, low
from marts.milestones
where run_id = (select run_id from marts.runs where finished order by last_event_at desc, run_id desc limit 1)
    and low is not null
    and turn > low
order by turn
"""


@dg.asset_check(asset=dg.AssetKey(["marts", "milestones"]), pool=WAREHOUSE_POOL)
def milestones_within_target(warehouse: Warehouse) -> dg.AssetCheckResult:
    """The run that ended last reached its milestones within the turns that the lowest target allows."""
    with warehouse.get_connection(read_only=True) as connection:
        slow = connection.execute(SLOW).fetchall()
        reached = connection.execute("select count(*) from marts.milestones").fetchall()[0][0]
    said = "; ".join(f"{run}: {milestone} took {turn} turns, {low} were allowed" for run, milestone, turn, low in slow)
    return dg.AssetCheckResult(
        passed=not slow,
        severity=dg.AssetCheckSeverity.WARN,
        description=said or "No milestone was late.",
        metadata={"late": len(slow), "milestones_reached": reached},
    )
