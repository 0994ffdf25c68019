"""The data files agree with the ROM and with each other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agent_core.cartridge import open_cartridge
from agent_core.gen1.maps import Atlas, read_atlas
from agent_core.gen1.rom import read_tables
from agent_core.quest.objectives import REFERENCES, load_milestones, load_quest


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return read_atlas(open_cartridge(None).rom)


def load(name: str) -> Any:
    return json.loads((REFERENCES / name).read_text())


def test_the_written_type_chart_is_the_one_in_the_rom() -> None:
    chart = load("type_chart.json")
    ids = {name: entry["id"] for name, entry in chart["types"].items()}
    written = {
        (ids[attack], ids[target]): round(10 * factor)
        for attack, row in chart["multipliers"].items()
        for target, factor in row.items()
    }
    assert written == read_tables(open_cartridge(None).rom).effectiveness


def test_every_named_place_is_a_map_of_the_cartridge(atlas: Atlas) -> None:
    routes = load("routes.json")
    assert {int(map_id) for map_id in routes} <= set(atlas.maps)
    assert all(entry["name"] for entry in routes.values())


def test_every_goal_of_the_quest_exists_on_the_cartridge(atlas: Atlas) -> None:
    for objective in load_quest().objectives:
        game_map = atlas.maps[objective.goal.map]
        assert game_map.inside(objective.goal.x, objective.goal.y), objective.id
        assert all(1 <= slot <= len(game_map.objects) for slot in objective.goal.objects), objective.id


def test_milestones_have_names_of_their_own_and_three_falling_targets() -> None:
    milestones = load_milestones()
    assert len({milestone.id for milestone in milestones}) == len(milestones)
    for milestone in milestones:
        assert milestone.spec.targets == sorted(milestone.spec.targets, reverse=True)
        assert len(milestone.spec.targets) == 3
