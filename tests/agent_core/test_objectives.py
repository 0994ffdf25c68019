"""Conditions, objectives and milestones, judged by RAM alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_core.gen1 import symbols as sym
from agent_core.quest.objectives import QuestError, Referee, condition, load_milestones, load_quest
from tests.agent_core.small_world import FlatMemory


def judge(memory: FlatMemory, spec: dict[str, object]) -> bool:
    return condition(spec)(Referee(memory))


def test_each_condition_reads_its_own_byte() -> None:
    memory = FlatMemory()
    memory.put(0xD74B, 0b100)
    memory.put(sym.wCurMap, 40)
    memory.put(sym.wPartyCount, 2)
    memory.put(sym.wObtainedBadges, 0b101)
    memory.put(sym.wNumBagItems, 1)
    memory.put(sym.wBagItems, 70, 1, 0xFF)
    yes: list[dict[str, object]] = [
        {"flag": "D74B.2"},
        {"byte": ["D74B", 4]},
        {"map": 40},
        {"party": 2},
        {"badge": 2},
        {"badges": 2},
        {"item": 70},
        {"not": {"map": 1}},
        {"all": [{"map": 40}, {"party": 1}]},
        {"any": [{"map": 1}, {"party": 1}]},
    ]
    no: list[dict[str, object]] = [
        {"flag": "D74B.3"},
        {"byte": ["D74B", 5]},
        {"map": 1},
        {"party": 3},
        {"badge": 1},
        {"badges": 3},
        {"item": 4},
        {"not": {"map": 40}},
        {"all": [{"map": 40}, {"party": 3}]},
        {"any": []},
        {"beat_trainer": 25},
    ]
    assert all(judge(memory, spec) for spec in yes)
    assert not any(judge(memory, spec) for spec in no)


def test_a_condition_that_nobody_knows_is_named() -> None:
    with pytest.raises(QuestError, match="no condition 'weather'"):
        condition({"weather": "rain"})
    with pytest.raises(QuestError, match="exactly one key"):
        condition({"map": 1, "party": 1})


def fight(memory: FlatMemory, referee: Referee, result: int, frame: int = 100) -> None:
    memory.put(sym.wIsInBattle, 2)
    memory.put(sym.wTrainerClass, 25)
    referee.observe(frame - 10)
    memory.put(sym.wIsInBattle, 0)
    memory.put(sym.wBattleResult, result)
    referee.observe(frame)


def test_a_trainer_counts_as_beaten_only_after_a_battle_that_was_won() -> None:
    memory = FlatMemory()
    referee = Referee(memory)
    fight(memory, referee, result=1)
    assert not referee.has_beaten(25)
    fight(memory, referee, result=0)
    assert referee.has_beaten(25)
    assert referee.beaten == [(25, 100)]


def test_a_wild_battle_won_later_does_not_make_a_lost_one_won() -> None:
    memory = FlatMemory()
    referee = Referee(memory)
    fight(memory, referee, result=1)
    memory.put(sym.wIsInBattle, 1)
    referee.observe(200)
    memory.put(sym.wIsInBattle, 0)
    memory.put(sym.wBattleResult, 0)
    referee.observe(210)
    assert not referee.has_beaten(25)


def test_going_back_forgets_later_victories() -> None:
    memory = FlatMemory()
    referee = Referee(memory)
    fight(memory, referee, result=0, frame=100)
    other = Referee(memory)
    other.restore(referee.memory())
    referee.go_back(150)
    assert referee.has_beaten(25)
    referee.go_back(50)
    assert not referee.has_beaten(25)
    assert other.has_beaten(25)


def test_the_quest_begins_at_the_professor_and_ends_in_the_city() -> None:
    quest, memory = load_quest(), FlatMemory()
    referee = Referee(memory)
    current = quest.current(referee)
    assert current is not None
    assert current.id == "meet_oak"
    memory.put(0xD747, 1)
    assert quest.current(referee) is None
    assert not quest.finished(referee)
    memory.put(0xD74B, 0b10)
    assert quest.by_id("choose_starter") is quest.current(referee)
    memory.put(0xD74B, 0b1110)
    memory.put(sym.wPartyCount, 1)
    assert quest.failed(referee) is quest.by_id("battle_rival")
    referee.beaten.append((25, 5))
    assert quest.failed(referee) is None
    assert quest.current(referee) is quest.by_id("reach_viridian")
    memory.put(sym.wCurMap, 1)
    referee.observe(300)
    assert quest.finished(referee)
    memory.put(sym.wCurMap, 41)
    assert quest.finished(referee)
    referee.go_back(200)
    assert quest.current(referee) is quest.by_id("reach_viridian")


def test_milestones_carry_the_targets_of_the_original() -> None:
    milestones = {milestone.id: milestone for milestone in load_milestones()}
    assert list(milestones)[:2] == ["rival_beaten", "viridian"]
    assert milestones["viridian"].spec.targets == [2000, 1000, 500]
    assert milestones["elite_four"].spec.targets == [300000, 150000, 80000]
    assert not milestones["viridian"].reached(Referee(FlatMemory()))


def test_a_quest_can_come_from_another_file(tmp_path: Path) -> None:
    path = tmp_path / "quest.json"
    path.write_text(
        '{"objectives": [{"id": "a", "description": "b", "goal": {"kind": "go_to_map", "map": 3}, "done": {"map": 3}}]}'
    )
    (objective,) = load_quest(path).objectives
    assert objective.possible(Referee(FlatMemory()))
    assert not objective.say_yes(Referee(FlatMemory()))
