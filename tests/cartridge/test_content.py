"""The maps, texts, pictures and figures of the practice cartridge."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cartridge import compile_gfx, compile_maps, compile_tables, compile_texts, mapfile, tableasm, tileart
from cartridge.mapfile import Connection, Map, MapError, maps
from cartridge.section import Section

MODULES = (compile_texts, compile_maps, compile_tables, compile_gfx)
ALL_MAPS = [0, 1, 12, 37, 38, 39, 40, 41, 42]
LAST_MAP = 255
START = (38, 3, 6)


def facts(name: str) -> Any:
    """A fact file beside the repository, or a skip."""
    for parent in Path(__file__).resolve().parents:
        found = parent / "shared" / "facts" / "gen1" / f"{name}.json"
        if found.is_file():
            return json.loads(found.read_text(encoding="utf-8"))
    pytest.skip("the fact sheets are not beside the repository")


def size(section: Section) -> int:
    """Bytes of a section's assembly."""
    count = 0
    for line in section.asm.splitlines():
        words = line.split()
        if words and words[0] in (".db", ".dw"):
            count += len(line.split(",")) * (1 if words[0] == ".db" else 2)
        elif words == ["ret"]:
            count += 1
    return count


def every_section() -> list[Section]:
    return [section for module in MODULES for section in module.sections()]


def body(name: str) -> list[int]:
    """The ``.db`` bytes of a section."""
    asm = next(section.asm for section in every_section() if section.name == name)
    rows = [line.split(".db")[1] for line in asm.splitlines() if ".db" in line]
    return [int(byte, 16) for row in rows for byte in row.split(",")]


def neighbours(x: int, y: int) -> Iterator[tuple[int, int, int]]:
    """Squares around a step with the facing that leads there."""
    yield from ((x, y + 1, 0), (x, y - 1, 4), (x - 1, y, 8), (x + 1, y, 12))


def crossing(made: Map, x: int, y: int) -> tuple[int, int, int] | None:
    """Where a step over the map's edge ends."""
    for link in made.connections:
        other = maps()[link.map]
        if link.direction == "north" and y < 0:
            return link.map, x - 2 * link.offset, 2 * other.height - 1
        if link.direction == "south" and y >= 2 * made.height:
            return link.map, x - 2 * link.offset, 0
    return None


def doors_to(number: int) -> list[int]:
    """Outside maps with a door to this one: where LAST_MAP leads back to."""
    return [made.id for made in maps().values() if made.tileset == 0 and number in {warp.map for warp in made.warps}]


def steps(place: tuple[int, int, int]) -> Iterator[tuple[int, int, int]]:
    """Squares that one press leads to, ledges and warps included, people ignored."""
    number, x, y = place
    made = maps()[number]
    ledges = tableasm.load("tilesets")["ledges"] if made.tileset == 0 else []
    standing = compile_maps.cell_tiles(made.tileset, made.grid[y][x])[2]
    for warp in made.warps:
        if (warp.x, warp.y) == (x, y):
            for target in [warp.map] if warp.map != LAST_MAP else doors_to(number):
                if target in maps() and warp.warp < len(maps()[target].warps):
                    there = maps()[target].warps[warp.warp]
                    yield target, there.x, there.y
    for nx, ny, facing in neighbours(x, y):
        if not (0 <= ny < len(made.grid) and 0 <= nx < len(made.grid[0])):
            over = crossing(made, nx, ny)
            if over and compile_maps.standable(maps()[over[0]], over[1], over[2]):
                yield over
            continue
        if compile_maps.standable(made, nx, ny):
            yield number, nx, ny
        tile = compile_maps.cell_tiles(made.tileset, made.grid[ny][nx])[2]
        if any(row[:3] == [facing, standing, tile] for row in ledges):
            yield number, 2 * nx - x, 2 * ny - y


def reachable() -> set[tuple[int, int, int]]:
    seen, todo = {START}, [START]
    while todo:
        for place in steps(todo.pop()):
            if place not in seen:
                seen.add(place)
                todo.append(place)
    return seen


def test_every_map_has_the_size_place_and_tileset_of_the_facts() -> None:
    known = {row["id"]: row for row in facts("maps")}
    assert sorted(maps()) == ALL_MAPS
    for number, made in maps().items():
        row = known[number]
        assert (made.width, made.height, made.tileset) == (row["width"], row["height"], row["tileset_id"])
        assert [made.header, made.blocks, made.objects] == [row[key].upper() for key in ("header", "blocks", "object")]


def test_warps_and_signs_lie_where_the_facts_say() -> None:
    known = {row["id"]: row for row in facts("maps")}
    for number, made in maps().items():
        warps = [(w["x"], w["y"], w["dest_map_id"], w["dest_warp"]) for w in known[number]["warps"]]
        assert [(w.x, w.y, w.map, w.warp) for w in made.warps] == warps
        signs = [(s["x"], s["y"]) for s in known[number]["signs"]]
        assert [(s.x, s.y) for s in made.signs] == signs
        first = len(made.things) + 1
        assert [s["text_id"] for s in known[number]["signs"]] == list(range(first, first + len(signs)))


def test_objects_stand_look_and_move_as_the_facts_say() -> None:
    ranges = {"ANY_DIR": "any", "NONE": "none"}
    for row in facts("maps"):
        if row["id"] in maps():
            wanted = [
                (o["x"], o["y"], o["sprite_id"], o["movement"].lower(), o["range_or_dir"]) for o in row["objects"]
            ]
            things = maps()[row["id"]].things
            assert [(t.x, t.y, t.picture) for t in things] == [each[:3] for each in wanted]
            assert [t.movement for t in things] == [mapfile.MOVEMENT[each[3]] for each in wanted]
            assert [t.range for t in things] == [mapfile.RANGES[ranges.get(e[4], e[4].lower())] for e in wanted]


def test_connections_to_included_maps_have_the_alignment_of_the_facts() -> None:
    for row in facts("maps"):
        if row["id"] not in maps():
            continue
        made = maps()[row["id"]]
        wanted = [link for link in row["connections"] if link["map_id"] in maps()]
        assert [(c.direction, c.map, c.offset) for c in made.connections] == [
            (link["dir"], link["map_id"], link["block_offset"]) for link in wanted
        ]
        for link, ours in zip(wanted, made.connections, strict=True):
            asm = compile_maps.connection_bytes(made, ours)
            data = [line.split(".db")[1] for line in asm.splitlines() if ".db" in line][1].split(",")
            assert [int(data[2], 16), int(data[3], 16)] == [link["y_align"] & 0xFF, link["x_align"] & 0xFF]


def test_a_connection_strip_starts_in_the_neighbour_and_ends_in_the_expanded_map() -> None:
    route, city = maps()[12], maps()[1]
    north = compile_maps.connection_bytes(route, route.connections[0])
    assert f"Map1Blocks+{20 * 15 + 2}, 0x{compile_maps.overworld_map():04X}" in north
    assert "\t.db 0x10, 0x14, 0x23, 0x0A" in north
    south = compile_maps.connection_bytes(city, city.connections[0])
    assert f"Map12Blocks+0, 0x{compile_maps.overworld_map() + 26 * 21 + 8:04X}" in south


@pytest.mark.parametrize(("direction", "aligned"), [("west", "0xF8, 0x27"), ("east", "0xF8, 0x00")])
def test_sideways_connections_shift_rows(direction: str, aligned: str) -> None:
    asm = compile_maps.connection_bytes(maps()[1], Connection(direction, 1, 4))
    assert f"0x11, 0x14, {aligned}" in asm


def test_a_header_lists_connections_in_the_order_of_the_flags() -> None:
    asm = compile_maps.header_asm(maps()[12])
    assert "\t.db 0x0C\n" in asm
    assert asm.index("Map1Blocks") < asm.index("Map0Blocks+")
    assert size(Section("h", 7, 0x40C3, asm)) == 34


def test_every_arrival_can_be_stood_on_and_every_walk_ends_there() -> None:
    for made in maps().values():
        for warp in made.warps:
            if warp.map in maps():
                there = maps()[warp.map].warps[warp.warp]
                assert compile_maps.standable(maps()[warp.map], there.x, there.y)
                assert (made.id, warp.x, warp.y) in reachable()
            elif warp.map != LAST_MAP:
                assert not compile_maps.standable(made, warp.x, warp.y), "a door to nowhere must be closed"


def test_every_person_and_sign_can_be_spoken_to() -> None:
    seen = reachable()
    for made in maps().values():
        counters = bytes.fromhex(tableasm.load("tilesets")["tilesets"][made.tileset]["counter"])
        for x, y in [(t.x, t.y) for t in made.things] + [(s.x, s.y) for s in made.signs]:
            beside = []
            for nx, ny, _ in neighbours(x, y):
                if 0 <= ny < len(made.grid) and 0 <= nx < len(made.grid[0]):
                    over = compile_maps.cell_tiles(made.tileset, made.grid[ny][nx])[2] in counters
                    beside.append((made.id, 2 * nx - x, 2 * ny - y) if over else (made.id, nx, ny))
            assert seen & set(beside), f"map {made.id}: nobody can reach ({x}, {y})"


def test_walking_people_stand_on_ground_and_signs_do_not() -> None:
    for made in maps().values():
        walkers = [thing for thing in made.things if thing.movement == mapfile.MOVEMENT["walk"]]
        assert all(compile_maps.standable(made, thing.x, thing.y) for thing in walkers)
        assert not any(compile_maps.standable(made, sign.x, sign.y) for sign in made.signs)


def test_the_town_has_one_way_out_and_the_route_goes_both_ways() -> None:
    seen = reachable()
    assert {x for number, x, y in seen if number == 0 and y == 1} == {9, 10}
    assert {x for number, x, y in seen if number == 0 and y == 17} == set()
    assert (1, 20, 35) in seen
    assert any(line.count("v") for line in maps()[12].grid)
    back, todo = {(1, 20, 35)}, [(1, 20, 35)]
    while todo:
        for place in steps(todo.pop()):
            if place not in back:
                back.add(place)
                todo.append(place)
    assert (0, 10, 0) in back


def test_blocks_fit_and_rebuild_the_drawn_cells() -> None:
    for made in maps().values():
        known = compile_maps.blocksets()[tileart.FILES[made.tileset]]
        assert len(known) <= 256
        blocks = list(known)
        for at, number in enumerate(compile_maps.block_ids(made)):
            x, y = at % made.width * 2, at // made.width * 2
            tile = blocks[number][(0 * 2 + 1) * 4]
            assert tile == compile_maps.cell_tiles(made.tileset, made.grid[y][x])[2]


def test_too_many_blocks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compile_maps, "MAX_BLOCKS", 3)
    with pytest.raises(MapError, match="more than 3"):
        compile_maps.blocksets.__wrapped__()


def test_sections_do_not_overlap_and_tables_stay_in_their_bank() -> None:
    taken: dict[int, list[tuple[int, int, str]]] = {}
    for section in every_section():
        if section.address is not None:
            end = section.address + size(section)
            assert end <= (0x4000 if section.bank == 0 else 0x8000)
            taken.setdefault(section.bank, []).append((section.address, end, section.name))
    for places in taken.values():
        places.sort()
        for (_, end, first), (start, _, second) in pairwise(places):
            assert end <= start, f"{first} runs into {second}"


def test_section_names_are_unique_and_fixed_tables_use_the_layout() -> None:
    made = every_section()
    assert len({section.name for section in made}) == len(made)
    for section in made:
        if section.name in tableasm.rom_places():
            assert (section.bank, section.address) == tableasm.place(tableasm.rom_places()[section.name])


def test_figures_of_species_and_moves_are_those_of_the_facts() -> None:
    known = {row["index"]: row for row in facts("species")}
    moves = {row["const"]: row["id"] for row in facts("moves")}
    for row in tableasm.load("species"):
        fact = known[row["index"]]
        assert row["base"] == [fact["base"][key] for key in ("hp", "atk", "def", "spd", "spc")]
        assert row["learnset"] == [[step["level"], moves[step["move"]]] for step in fact["learnset"]]
        assert (row["dex"], row["types"], row["catch_rate"]) == (fact["dex"], fact["type_ids"], fact["catch_rate"])
    figures = {row["id"]: row for row in facts("moves")}
    for row in tableasm.load("moves"):
        fact = figures[row["id"]]
        assert [row["power"], row["accuracy"], row["pp"]] == [fact["power"], fact["accuracy_byte"], fact["pp"]]


def test_every_learned_move_has_figures_and_every_slot_a_known_species() -> None:
    moves = {row["id"] for row in tableasm.load("moves")}
    species = {row["index"] for row in tableasm.load("species")}
    for row in tableasm.load("species"):
        assert {*row["moves"], *(move for _, move in row["learnset"])} <= moves
        assert {to for _, to in row["evolutions"]} <= species
    slots = [slot for row in tableasm.load("wild")["maps"] for slot in row["grass"]]
    assert len(slots) == 10 and {kind for _, kind in slots} <= species


def test_no_name_on_screen_is_a_known_one() -> None:
    for ours in ("species", "moves", "items"):
        taken = {row["name"].upper() for row in facts(ours)}
        assert not taken & {row["name"].upper() for row in tableasm.load(ours)}


def test_a_mixed_party_lists_level_and_species_in_pairs() -> None:
    assert compile_tables._party([[5, 177]]) == [5, 177, 0]
    assert compile_tables._party([[9, 36], [8, 177]]) == [0xFF, 9, 36, 8, 177, 0]


def test_names_that_are_too_long_are_refused() -> None:
    with pytest.raises(ValueError, match="longer than 10"):
        compile_tables._padded("ABCDEFGHIJK")


def test_toggles_keep_their_numbers() -> None:
    data = body("ToggleableObjectStates")
    assert data[:3] == [0, 1, 0x11] and data[43 * 3 : 43 * 3 + 3] == [40, 2, 0x15]


def test_wild_slots_follow_the_rate() -> None:
    data = body("WildDataPointers")
    assert data[:5] == [0, 0, 25, 3, 36]
    assert body("WildMonEncounterSlotChances")[:4] == [50, 0, 101, 2]
