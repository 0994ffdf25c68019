from __future__ import annotations

from typing import Any

from agent_core.tally import Tally
from agent_core.telemetry import (
    Backtrack,
    BattleEnd,
    Encounter,
    EventData,
    MapChange,
    Milestone,
    Overworld,
    Party,
    PartyMemberRow,
    Position,
    Stuck,
)
from tests.agent_core.test_telemetry_lines import event


def tally_of(*events: EventData) -> Tally:
    tally = Tally()
    for data in events:
        tally.count(event(data))
    return tally


def member(species: int, level: int) -> PartyMemberRow:
    return PartyMemberRow(species=species, level=level, hp=1, max_hp=1, status=0, moves=[1], pp=[1], experience=1)


def party(*members: tuple[int, int]) -> Party:
    return Party(members=[member(*one) for one in members])


def step(map_id: int, x: int, y: int, **fields: Any) -> Overworld:
    values: dict[str, Any] = {
        "badges": 5,
        "badge_count": 2,
        "party_count": 3,
        "action": "up",
        "stuck_turns": 0,
    } | fields
    return Overworld(map_id=map_id, position=Position(x, y), **values)


def test_fitness_carries_the_counters_of_the_run() -> None:
    tally = tally_of(
        step(38, 3, 6),
        MapChange(prev_map=38, new_map=37, position=Position(7, 1), wram_hash=""),
        step(37, 7, 2),
        step(38, 7, 1),
        Encounter(kind="wild", species=36, level=3, trainer_class=0, map_id=12, position=Position(1, 1)),
        BattleEnd(kind="wild", outcome="won", enemy_species=36, enemy_level=3, turns=4, wram_hash=""),
        BattleEnd(kind="wild", outcome="lost", enemy_species=36, enemy_level=3, turns=4, wram_hash=""),
        Stuck(map_id=37, position=Position(1, 1), last_action="up", streak=8),
        Backtrack(restored_frame=10, attempt_of_snapshot=1, reason="stuck", wram_hash=""),
        step(0, 5, 9),
    )
    fitness = tally.fitness(77)
    assert (fitness.turns, fitness.battles_won, fitness.maps_visited, fitness.encounters) == (77, 1, 3, 1)
    assert (fitness.final_map_id, fitness.final_x, fitness.final_y) == (0, 5, 9)
    assert (fitness.badges, fitness.party_size, fitness.stuck_count, fitness.backtrack_restores) == (2, 3, 1, 1)
    assert tally.maps == [38, 37, 0]


def test_levels_and_evolutions_are_counted_slot_by_slot() -> None:
    tally = tally_of(party((1, 5)), party((1, 7)), party((2, 8)))
    assert (tally.level_ups, tally.evolutions, tally.party_count) == (3, 1, 1)


def test_swapping_or_catching_members_is_neither_a_level_nor_an_evolution() -> None:
    tally = tally_of(party((1, 9), (4, 3)), party((4, 3), (1, 9)), party((4, 3), (1, 9), (7, 20)))
    assert (tally.level_ups, tally.evolutions, tally.party_count) == (0, 0, 3)


def test_milestones_keep_where_they_were_reached() -> None:
    tally = tally_of(Milestone(milestone="viridian", description="City", presses=40, seconds=15.5, wram_hash=""))
    assert tally.reached("viridian")
    assert not tally.reached("pewter")
    (reached,) = tally.milestones
    assert (reached.turn, reached.frame, reached.presses, reached.seconds) == (3, 900, 40, 15.5)
