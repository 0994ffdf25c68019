"""Healing on the way."""

from __future__ import annotations

import msgspec

from agent_core.gen1.maps import UP, read_atlas
from agent_core.gen1.rom import read_tables
from agent_core.gen1.state import GameState, PartyMember, StateReader
from agent_core.genome import Genome
from agent_core.quest.errands import healing_spots, needs_healing, nurses, worth_the_way
from agent_core.world.graph import World
from agent_core.world.routing import Router
from tests.agent_core.small_world import ROOM, ROUTE, TOWN, FlatMemory, small_rom

WORLD = World(read_atlas(small_rom()), read_tables(small_rom()).wild)
ROUTER = Router(WORLD)


def at(map_id: int, x: int, y: int, hp: int = 20) -> GameState:
    empty = StateReader(FlatMemory()).read()
    hero = PartyMember(1, hp, 20, 5, 0, (0, 0), (33,), (35,), 0, 1, 1, 1, 1)
    return msgspec.structs.replace(empty, map_id=map_id, x=x, y=y, party=(hero,))


def test_a_nurse_is_known_by_the_first_byte_of_her_text() -> None:
    assert [(map_id, item.slot) for map_id, item in nurses(WORLD)] == [(ROOM, 1)]
    assert healing_spots(WORLD) == {(ROOM, 1, 2): UP}


def test_healing_is_needed_below_the_threshold_of_the_genome() -> None:
    assert needs_healing(at(TOWN, 1, 1, hp=4), Genome())
    assert not needs_healing(at(TOWN, 1, 1, hp=4), Genome(hp_heal_threshold=0.1))
    assert not needs_healing(StateReader(FlatMemory()).read(), Genome())


def test_a_detour_for_healing_must_not_be_longer_than_the_way_itself() -> None:
    spots, far = healing_spots(WORLD), WORLD.nodes([(ROUTE, 6, 1)])
    assert worth_the_way(ROUTER, at(TOWN, 4, 6), spots, far)
    assert not worth_the_way(ROUTER, at(ROUTE, 6, 2), spots, far)
    assert not worth_the_way(ROUTER, at(TOWN, 4, 4), {}, far)
