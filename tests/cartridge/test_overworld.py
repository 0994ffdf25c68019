"""Walking on the practice cartridge: the timing and the flags that the facts promise (gen1 section 3)."""

from itertools import pairwise

from agent_core.gen1 import symbols as ram
from tests.cartridge.console import Console

DOWN, UP, LEFT, RIGHT = 0x00, 0x04, 0x08, 0x0C


def facing(console: Console) -> int:
    return console.byte(ram.wSpritePlayerStateData1FacingDirection)


def differing_tiles(console: Console) -> int:
    """Tiles of the screen that the background map shows differently from wTileMap."""
    origin = int.from_bytes(console.read(ram.wMapViewVRAMPointer, 2), "little") - 0x9800
    row0, column0 = divmod(origin, 32)
    tiles = console.read(ram.wTileMap, 360)
    shown = console.read(0x9800, 0x400)
    return sum(
        shown[(row0 + row) % 32 * 32 + (column0 + column) % 32] != tiles[20 * row + column]
        for row in range(18)
        for column in range(20)
    )


def walk_until(console: Console, button: str, wanted: int, limit: int = 400) -> None:
    """Hold a button until the map changes to the wanted one."""
    console.hold(button)
    for _ in range(limit):
        console.tick()
        if console.place[0] == wanted:
            break
    console.release(button)
    console.tick(40)
    console.wait_ready()
    assert console.place[0] == wanted


def test_a_held_direction_moves_one_square_every_16_frames(bedroom: Console) -> None:
    bedroom.hold("right")
    changes = []
    before = bedroom.place
    for frame in range(80):
        bedroom.tick()
        if bedroom.place != before:
            changes.append(frame)
            before = bedroom.place
    bedroom.release("right")
    assert len(changes) == 4
    assert {later - earlier for earlier, later in pairwise(changes)} == {16}


def test_coordinates_change_at_the_end_of_a_step(bedroom: Console) -> None:
    bedroom.step("r")
    _, x, _ = bedroom.place
    bedroom.hold("right")
    counters = []
    while bedroom.place[1] == x:
        bedroom.tick()
        counters.append(bedroom.byte(ram.wWalkCounter))
    bedroom.release("right")
    assert counters[-1] == 0
    assert max(counters) == 7
    moving = [counter for counter in counters if counter]
    assert moving == sorted(moving, reverse=True)


def test_a_tap_in_another_direction_only_turns(bedroom: Console) -> None:
    bedroom.step("r")
    bedroom.tick(10)
    place = bedroom.place
    bedroom.press("left", 2, 20)
    assert facing(bedroom) == LEFT
    assert bedroom.place == place


def test_the_same_direction_moves_at_once(bedroom: Console) -> None:
    bedroom.step("r")
    bedroom.tick(10)
    _, x, y = bedroom.place
    bedroom.press("right", 2, 20)
    assert bedroom.place[1:] == (x + 1, y)


def test_a_wall_turns_the_player_and_stops_him(bedroom: Console) -> None:
    bedroom.walk("rrrr")
    place = bedroom.place
    bedroom.press("right", 40)
    assert bedroom.place == place
    assert facing(bedroom) == RIGHT
    assert bedroom.byte(ram.wWalkCounter) == 0


def test_down_beats_up_beats_left_beats_right(bedroom: Console) -> None:
    _, x, y = bedroom.place
    bedroom.hold("right")
    bedroom.hold("down")
    bedroom.tick(20)
    bedroom.release("down")
    bedroom.release("right")
    bedroom.wait_ready()
    assert bedroom.place[1:] == (x, y + 1)


def test_the_background_equals_the_tile_buffer_wherever_the_player_stands(town: Console) -> None:
    assert differing_tiles(town) == 0
    for way in "rrrddlluur":
        town.step(way)
        assert differing_tiles(town) == 0


def test_stairs_lead_to_the_matching_warp_and_lock_the_input_for_a_while(bedroom: Console) -> None:
    bedroom.walk("rrrruuuu")
    bedroom.hold("up")
    for _ in range(120):
        bedroom.tick()
        if bedroom.byte(ram.wIgnoreInputCounter):
            break
    bedroom.release("up")
    assert bedroom.place == (37, 7, 1)
    assert not bedroom.ready
    left = bedroom.byte(ram.wIgnoreInputCounter)
    bedroom.tick(left + 1)
    assert bedroom.ready
    assert (bedroom.byte(ram.wWarpedFromWhichMap), bedroom.byte(ram.wWarpedFromWhichWarp)) == (38, 0)


def test_a_mat_at_the_edge_leads_back_to_the_town_and_steps_off_the_door(town: Console) -> None:
    assert town.place == (0, 5, 6)
    assert facing(town) == DOWN
    assert town.byte(ram.wMovementFlags) == 0


def test_a_door_remembers_the_town_as_the_last_map(town: Console) -> None:
    walk_until(town, "up", 37)
    assert town.place == (37, 2, 7)
    assert town.byte(ram.wLastMap) == 0
    walk_until(town, "down", 0)
    assert town.place == (0, 5, 6)


def test_hidden_objects_do_not_show(town: Console) -> None:
    assert town.byte(ram.wSpriteStateData1 + 0x10) == 3
    assert town.byte(ram.wSpriteStateData1 + 0x12) == 0xFF


def test_people_wander_without_leaving_their_place_far(town: Console) -> None:
    seen = set()
    for _ in range(120):
        town.tick(20)
        seen.add((town.byte(ram.wSpriteStateData2 + 0x25) - 4, town.byte(ram.wSpriteStateData2 + 0x24) - 4))
    assert len(seen) > 2
    assert all(abs(x - 3) <= 3 and abs(y - 8) <= 3 for x, y in seen)


def test_a_person_in_the_way_blocks(bedroom: Console) -> None:
    bedroom.walk("rrrruuuuu")
    bedroom.walk("dddl")
    assert bedroom.place == (37, 6, 4)
    place = bedroom.place
    bedroom.press("left", 40)
    assert bedroom.place == place
    assert bedroom.byte(ram.wSpriteStateData1 + 0x0C) & 2


def test_sprite_coordinates_are_four_more_than_the_map_square(bedroom: Console) -> None:
    bedroom.walk("rrrruuuuu")
    bedroom.walk("dd")
    sprite = bedroom.read(ram.wSpriteStateData2 + 0x10, 16)
    assert (sprite[5] - 4, sprite[4] - 4) == (5, 4)
    _, x, y = bedroom.place
    pixels = bedroom.read(ram.wSpriteStateData1 + 0x10, 16)
    assert pixels[4] == (sprite[4] - y) * 16 - 4
    assert pixels[6] == (sprite[5] - x) * 16
    assert bedroom.byte(ram.wSpriteStateData1 + 4) == 0x3C
    assert bedroom.byte(ram.wSpriteStateData1 + 6) == 0x40


def test_the_map_header_copy_is_the_header_in_the_rom(town: Console) -> None:
    pointers, banks = ram.MapHeaderPointers[1], ram.MapHeaderBanks
    at = town.rom(0, pointers) | town.rom(0, pointers + 1) << 8
    bank = town.rom(banks[0], banks[1])
    header = bytes(town.rom(bank, at + index) for index in range(10))
    assert town.read(ram.wCurMapTileset, 10) == header
    assert town.byte(ram.wCurrentMapWidth2) == 2 * header[2]


def test_the_block_buffer_has_a_border_filled_from_the_neighbour(town: Console) -> None:
    width = town.byte(ram.wCurMapWidth)
    blocks = town.read(ram.wOverworldMap, 1300)
    stride = width + 6
    border = town.byte(ram.wMapBackgroundTile)
    assert blocks[0] == border
    assert any(block != border for block in blocks[3 : 3 + width])
    connection = town.read(ram.wNorthConnectedMap, 11)
    assert connection[0] == 12
    assert town.byte(ram.wWestConnectedMap) == 0xFF
    assert blocks[stride * 3 : stride * 3 + 3] == bytes([border] * 3)


def wild_slots(console: Console) -> set[tuple[int, int]]:
    """(level, species) of the map's ten grass slots."""
    mons = console.read(ram.wGrassMons, 20)
    return {(mons[at], mons[at + 1]) for at in range(0, 20, 2)}


def test_a_step_over_the_edge_goes_on_to_the_neighbour(route: Console) -> None:
    assert route.place == (12, 10, 35)
    assert differing_tiles(route) == 0
    route.walk("d")
    route.tick(10)
    assert route.place == (0, 10, 0)
    assert differing_tiles(route) == 0
    assert route.byte(ram.wDestinationWarpID) == 0xFF


def test_a_ledge_is_jumped_down_and_never_up(route: Console) -> None:
    route.walk("uuuuull")
    assert route.place == (12, 8, 30)
    route.tick(10)
    route.hold("down")
    hopping = set()
    for _ in range(60):
        route.tick()
        hopping.add((route.byte(ram.wMovementFlags) & 0x40, route.byte(ram.wJoyIgnore)))
        if route.place == (12, 8, 32):
            break
    route.release("down")
    assert (0x40, 0xFF) in hopping
    route.wait_ready()
    assert route.place == (12, 8, 32)
    route.press("up", 40)
    route.wait_ready()
    assert route.place == (12, 8, 32)


def test_grass_brings_one_of_the_ten_wild_slots(route: Console) -> None:
    route.walk("uuuuuuuuu")
    slots = wild_slots(route)
    assert route.byte(ram.wGrassRate) == 25
    steps = 0
    while not route.byte(ram.wIsInBattle) and steps < 300:
        route.hold("up" if steps % 2 == 0 else "down")
        route.tick(18)
        route.release("up" if steps % 2 == 0 else "down")
        route.tick(4)
        steps += 1
    assert route.byte(ram.wIsInBattle) == 1
    assert (route.byte(ram.wCurEnemyLevel), route.byte(ram.wCurOpponent)) in slots
