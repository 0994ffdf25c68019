"""Maps out of ROM bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_core.cartridge import open_cartridge
from agent_core.gen1 import symbols as sym
from agent_core.gen1.maps import DOWN, LEFT, UP, Atlas, Connection, Warp, read_atlas
from tests.agent_core.small_world import FLOOR, ROOM, ROUTE, TOWN, Image, small_rom, word


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return read_atlas(small_rom())


@pytest.fixture(scope="module")
def practice() -> Atlas:
    return read_atlas(open_cartridge(None).rom)


def test_only_maps_whose_headers_parse_exist(atlas: Atlas) -> None:
    assert set(atlas.maps) == {TOWN, ROUTE, ROOM}


def test_the_collision_tile_is_the_lower_left_of_a_cell(atlas: Atlas) -> None:
    town = atlas.maps[TOWN]
    assert (town.width, town.height) == (8, 8)
    assert town.tile(1, 1) == FLOOR
    assert town.walkable(1, 1)
    assert not town.walkable(0, 0)


def test_warps_signs_and_connections_have_their_figures(atlas: Atlas) -> None:
    town = atlas.maps[TOWN]
    assert town.warps == (Warp(4, 5, 0, ROOM),)
    assert town.warp_at(4, 5) == town.warps[0]
    assert town.warp_at(1, 1) is None
    assert [(sign.x, sign.y, sign.text) for sign in town.signs] == [(1, 6, 3)]
    assert town.connections == (Connection(UP, ROUTE, 5, 0),)


def test_objects_say_whether_they_wander_fight_lie_or_heal(atlas: Atlas) -> None:
    standing, wandering = atlas.maps[TOWN].objects
    assert (standing.slot, standing.x, standing.y, standing.walks) == (1, 5, 4, False)
    assert wandering.walks
    trainer, item = atlas.maps[ROUTE].objects
    assert trainer.trainer == (202, 1)
    assert item.item == 20
    assert atlas.maps[ROOM].objects[0].script == 0xFF


def test_grass_is_where_the_lower_right_tile_is_grass(atlas: Atlas) -> None:
    route = atlas.maps[ROUTE]
    assert route.grass(2, 1)
    assert not route.grass(1, 1)


def test_a_door_takes_one_in_at_once_and_puts_one_below_it(atlas: Atlas) -> None:
    town = atlas.maps[TOWN]
    assert atlas.warps_at_once(town, 4, 5)
    assert atlas.arrival(town, 4, 5) == (4, 6)
    room = atlas.maps[ROOM]
    assert not atlas.warps_at_once(room, 2, 5)
    assert atlas.arrival(room, 2, 5) == (2, 5)


def test_a_mat_inside_is_left_towards_the_edge_only(atlas: Atlas) -> None:
    room = atlas.maps[ROOM]
    assert atlas.leaves_by(room, 2, 5, DOWN)
    assert not atlas.leaves_by(room, 2, 5, LEFT)


def test_outside_a_warp_is_left_towards_a_carpet_tile(atlas: Atlas) -> None:
    town = atlas.maps[TOWN]
    assert not atlas.leaves_by(town, 4, 5, DOWN)
    assert not atlas.leaves_by(town, 0, 0, UP)


@pytest.mark.parametrize(
    ("place", "data"),
    [
        ((0x06, 0x4000), bytes([99])),
        ((0x06, 0x4001), bytes([0])),
        ((0x06, 0x4003), word(0x1000)),
        ((0x06, 0x4009), bytes([0x10])),
        ((0x06, 0x4015), word(0x1000)),
        ((0x06, 0x4201), bytes([33])),
        ((0x06, 0x4206), bytes([17])),
        ((0x06, 0x420A), bytes([17])),
    ],
)
def test_a_header_that_makes_no_sense_is_no_map(place: tuple[int, int], data: bytes) -> None:
    image = Image()
    image.data[:] = small_rom()
    image.put(place, data)
    assert TOWN not in read_atlas(bytes(image.data)).maps


def test_a_second_id_for_the_same_header_is_a_copy(atlas: Atlas) -> None:
    image = Image()
    image.data[:] = small_rom()
    image.put((sym.MapHeaderBanks[0], sym.MapHeaderBanks[1] + 99), bytes([0x06]))
    image.put((0, sym.MapHeaderPointers[1] + 2 * 99), word(0x4000))
    assert set(read_atlas(bytes(image.data)).maps) == set(atlas.maps)


@settings(max_examples=20, deadline=None)
@given(st.binary(min_size=0, max_size=4096))
def test_no_image_makes_the_reader_raise(data: bytes) -> None:
    read_atlas(data)


def test_every_warp_of_the_practice_cartridge_arrives_on_a_standable_cell(practice: Atlas) -> None:
    arrivals = [
        (other, other.warps[warp.index])
        for game_map in practice.maps.values()
        for warp in game_map.warps
        if (other := practice.maps.get(warp.target)) is not None
    ]
    assert len(arrivals) >= 6
    for other, warp in arrivals:
        assert other.walkable(*practice.arrival(other, warp.x, warp.y)), (other.id, warp)


def test_the_practice_cartridge_has_the_first_nine_maps(practice: Atlas) -> None:
    assert {0, 1, 12, 37, 38, 39, 40, 41, 42} <= set(practice.maps)
