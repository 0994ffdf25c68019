"""The graph of the world, routes through it and the bodies in the way."""

from __future__ import annotations

import msgspec
import pytest

from agent_core.cartridge import open_cartridge
from agent_core.gen1 import symbols as sym
from agent_core.gen1.maps import DOWN, LEFT, RIGHT, UP, Connection, Warp, read_atlas
from agent_core.gen1.rom import read_tables
from agent_core.world.graph import CARPET, CONNECTION, LEDGE, WALK, WARP, Cell, Edge, World
from agent_core.world.live import Body, in_the_way, read_bodies
from agent_core.world.routing import FIELD_LIMIT, NO_OBSTACLES, UNREACHABLE, Obstacles, Router, facing_spots
from tests.agent_core.small_world import HIGH, ROOM, ROUTE, TOWN, WALL, FlatMemory, small_rom
from tests.agent_core.small_world import LEDGE as LEDGE_TILE


@pytest.fixture(scope="module")
def world() -> World:
    rom = small_rom()
    return World(read_atlas(rom), read_tables(rom).wild)


@pytest.fixture(scope="module")
def practice() -> World:
    rom = open_cartridge(None).rom
    return World(read_atlas(rom), read_tables(rom).wild)


def edges(world: World, cell: Cell) -> dict[int, Edge]:
    node = world.node(cell)
    assert node is not None
    return {edge.facing: edge for edge in world.edges[node]}


def test_nodes_and_cells_are_one_to_one(world: World) -> None:
    for cell in ((TOWN, 1, 1), (ROUTE, 7, 5), (ROOM, 0, 0)):
        node = world.node(cell)
        assert node is not None
        assert world.cell(node) == cell
    assert world.node((TOWN, 8, 0)) is None
    assert world.node((99, 0, 0)) is None


def test_plain_steps_lead_to_the_next_cell(world: World) -> None:
    assert edges(world, (TOWN, 1, 1))[RIGHT] == Edge(world.node((TOWN, 2, 1)), 16, RIGHT, WALK)
    assert LEFT not in edges(world, (TOWN, 1, 1))


def test_a_ledge_is_hopped_downwards_and_never_climbed(world: World) -> None:
    down = edges(world, (TOWN, 3, 2))[DOWN]
    assert (down.kind, world.cell(down.target)) == (LEDGE, (TOWN, 3, 4))
    assert UP not in edges(world, (TOWN, 3, 4))


def test_a_tile_pair_blocks_in_both_directions(world: World) -> None:
    assert RIGHT not in edges(world, (TOWN, 4, 6))
    assert LEFT not in edges(world, (TOWN, 5, 6))


def test_a_step_onto_a_door_goes_through_it(world: World) -> None:
    through = edges(world, (TOWN, 4, 4))[DOWN]
    assert (through.kind, world.cell(through.target)) == (WARP, (ROOM, 2, 5))


def test_a_step_onto_a_mat_towards_the_edge_leaves_and_a_press_on_it_too(world: World) -> None:
    step = edges(world, (ROOM, 3, 4))[DOWN]
    assert (step.kind, world.cell(step.target)) == (WARP, (TOWN, 4, 6))
    press = edges(world, (ROOM, 3, 5))[DOWN]
    assert (press.kind, world.cell(press.target)) == (CARPET, (TOWN, 4, 6))


def test_the_way_out_leads_to_the_map_whose_door_leads_in(world: World) -> None:
    room = world.atlas.maps[ROOM]
    assert world.destinations(room, room.warps[0]) == [(TOWN, 4, 6)]
    assert world.destinations(room, Warp(0, 0, 9, 0xFF)) == []
    assert world.destinations(room, Warp(0, 0, 9, TOWN)) == []
    assert world.destinations(room, Warp(0, 0, 0, 99)) == []


def test_connections_join_maps_in_both_directions(world: World) -> None:
    north = edges(world, (TOWN, 3, 0))[UP]
    assert (north.kind, world.cell(north.target)) == (CONNECTION, (ROUTE, 3, 5))
    south = edges(world, (ROUTE, 3, 5))[DOWN]
    assert world.cell(south.target) == (TOWN, 3, 0)


def test_ways_that_end_outside_a_map_or_in_a_wall_are_no_ways(world: World) -> None:
    town = world.atlas.maps[TOWN]
    cliff = msgspec.structs.replace(
        town,
        width=1,
        height=2,
        tiles=bytes([HIGH, LEDGE_TILE]),
        right_tiles=bytes(2),
        connections=(Connection(UP, ROOM, 1, 0), Connection(LEFT, 99, 0, 0)),
        warps=(Warp(0, 0, 0, ROOM),),
        objects=(),
    )
    wall = msgspec.structs.replace(
        cliff, id=ROOM, tiles=bytes([WALL, WALL]), connections=(), warps=(Warp(9, 9, 0, TOWN),)
    )
    lonely = World(msgspec.structs.replace(world.atlas, maps={TOWN: cliff, ROOM: wall}), {})
    assert lonely.edges[0] == ()
    assert lonely.destinations(cliff, cliff.warps[0]) == []


def test_grass_costs_the_battles_that_it_brings(world: World) -> None:
    assert edges(world, (ROUTE, 1, 1))[RIGHT].cost == 16 + 25 * 900 // 256


def test_a_route_avoids_grass_when_the_way_around_is_cheaper(world: World) -> None:
    router = Router(world)
    goal = world.nodes([(ROUTE, 5, 1)])
    cells = [leg.arrives for leg in router.route((ROUTE, 1, 1), goal)]
    assert cells[-1] == (ROUTE, 5, 1)
    assert not any(world.atlas.maps[ROUTE].grass(x, y) for _, x, y in cells)
    leg = router.next_leg((ROUTE, 1, 1), goal)
    assert leg is not None
    assert leg.arrives == (ROUTE, 1, 2)


def test_a_route_crosses_maps(world: World) -> None:
    router = Router(world)
    goal = world.nodes([(ROUTE, 6, 1)])
    legs = router.route((ROOM, 2, 3), goal)
    assert [leg.edge.kind for leg in legs if leg.edge.kind != WALK] == [WARP, CONNECTION]
    assert router.distance((ROOM, 2, 3), goal) == sum(leg.edge.cost for leg in legs)


def test_bodies_and_refused_steps_are_walked_around(world: World) -> None:
    router = Router(world)
    goal = world.nodes([(TOWN, 6, 1)])
    body = Obstacles(frozenset(world.nodes([(TOWN, 3, 1)])), frozenset())
    leg = router.next_leg((TOWN, 2, 1), goal, body)
    assert leg is not None
    assert leg.edge.facing != RIGHT
    start = world.node((TOWN, 2, 1))
    assert start is not None
    refused = Obstacles(frozenset(), frozenset({(start, RIGHT)}))
    detour = router.route((TOWN, 2, 1), goal, refused)
    assert detour[0].edge.facing != RIGHT
    assert detour[-1].arrives == (TOWN, 6, 1)


def test_without_a_way_there_is_no_route(world: World) -> None:
    router = Router(world)
    wall = world.nodes([(TOWN, 0, 0)])
    assert router.next_leg((TOWN, 1, 1), wall) is None
    assert router.route((TOWN, 1, 1), wall) == []
    assert router.distance((TOWN, 1, 1), wall) == UNREACHABLE
    assert router.route((99, 0, 0), wall) == []
    assert router.next_leg((TOWN, 1, 1), ()) is None
    assert router.next_leg((TOWN, 1, 1), world.nodes([(TOWN, 1, 1)])) is None
    around = frozenset(world.nodes([(TOWN, 2, 1), (TOWN, 1, 2)]))
    boxed = Obstacles(around, frozenset())
    assert router.next_leg((TOWN, 1, 1), world.nodes([(TOWN, 6, 1)]), boxed) is None


def test_ties_follow_the_preference(world: World) -> None:
    router = Router(world)
    goal = world.nodes([(ROUTE, 3, 4)])
    sideways = router.next_leg((ROUTE, 1, 3), goal, NO_OBSTACLES, lambda edge: edge.facing not in (LEFT, RIGHT))
    upright = router.next_leg((ROUTE, 1, 3), goal, NO_OBSTACLES, lambda edge: edge.facing in (LEFT, RIGHT))
    assert sideways is not None
    assert upright is not None
    assert (sideways.edge.facing, upright.edge.facing) == (RIGHT, DOWN)


def test_old_distance_fields_make_room_for_new_ones(world: World) -> None:
    router = Router(world)
    first = router.field((0,))
    for node in range(1, FIELD_LIMIT + 2):
        router.field((node,))
    assert router.field((0,)) is not first
    assert router.field((0,)) == first


def test_one_talks_from_any_side_and_across_a_counter(world: World) -> None:
    assert facing_spots(world, TOWN, 5, 4) == {
        (TOWN, 5, 3): DOWN,
        (TOWN, 4, 4): RIGHT,
        (TOWN, 6, 4): LEFT,
        (TOWN, 5, 5): UP,
    }
    assert facing_spots(world, ROOM, 1, 0) == {(ROOM, 1, 2): UP}


def body_memory() -> FlatMemory:
    memory = FlatMemory()
    memory.put(sym.wNumSprites, 3)
    for slot, (x, y, walks) in enumerate(((5, 4, False), (3, 1, True), (1, 1, False)), start=1):
        memory.put(sym.wSpriteStateData1 + 16 * slot, 1)
        memory.put(sym.wSpriteStateData2 + 16 * slot + 4, y + 4, x + 4, 0xFE if walks else 0xFF)
    memory.put(sym.wToggleableObjectList, 3, 9, 0xFF)
    memory.put(sym.wToggleableObjectFlags + 1, 0b10)
    return memory


def test_bodies_are_where_the_sprite_tables_say_and_toggled_ones_are_hidden() -> None:
    bodies = read_bodies(body_memory())
    assert [(body.slot, body.x, body.y, body.walks, body.hidden) for body in bodies] == [
        (1, 5, 4, False, False),
        (2, 3, 1, True, False),
        (3, 1, 1, False, True),
    ]
    assert read_bodies(FlatMemory()) == ()


def test_a_wanderer_far_away_is_not_in_the_way() -> None:
    bodies = (Body(1, 9, 9, False, False, True), Body(2, 9, 8, True, False, True), Body(3, 1, 2, True, False, True))
    assert in_the_way(bodies, 1, 1) == [(9, 9), (1, 2)]


def test_a_toggle_list_without_an_end_is_read_to_its_length() -> None:
    memory = body_memory()
    memory.put(sym.wToggleableObjectList, *([1, 0] * 16))
    assert not any(body.hidden for body in read_bodies(memory))


def test_the_practice_world_joins_the_bedroom_to_the_city(practice: World) -> None:
    router = Router(practice)
    city = practice.nodes((1, x, y) for x, y in practice.standable(1))
    legs = router.route((38, 3, 6), city)
    assert legs[-1].arrives[0] == 1
    assert {leg.edge.kind for leg in legs} >= {WALK, WARP, CONNECTION}


def test_every_place_of_the_practice_world_can_be_left_for_the_city(practice: World) -> None:
    router = Router(practice)
    city = practice.nodes((1, x, y) for x, y in practice.standable(1))
    for map_id in (37, 39, 40, 41, 42):
        game_map = practice.atlas.maps[map_id]
        warp = game_map.warps[0]
        assert router.distance((map_id, warp.x, warp.y), city) < UNREACHABLE
