"""Maps and blocksets from maps/*.txt: headers, blocks, objects and texts in the real formats (gen1 2.1, 2.2)."""

from functools import cache
from typing import Final

from cartridge import compile_texts
from cartridge.mapfile import DIRECTIONS, Connection, Map, MapError, maps
from cartridge.section import Section
from cartridge.tableasm import db, dw, fixed, load, place
from cartridge.tileart import FILES, tileset_art

MAP_COUNT: Final = 248
MAX_BLOCKS: Final = 256
CLOSED_BANK: Final = 6
SCRIPTED: Final = 0x08
PSEUDO_TEXTS: Final = {"nurse": 0xFF, "script": SCRIPTED}
CONNECTION_BITS: Final = {"north": 8, "south": 4, "west": 2, "east": 1}

Block = tuple[int, ...]


def overworld_map() -> int:
    """Address of wOverworldMap, where the current map lies expanded."""
    return compile_texts.ram_addresses()["wOverworldMap"]


def walkable(tileset: int) -> frozenset[int]:
    """Tile ids that the player can stand on."""
    return frozenset(bytes.fromhex(load("tilesets")["tilesets"][tileset]["walkable"]))


def cell_tiles(tileset: int, cell: str) -> tuple[int, int, int, int]:
    """The four tiles of a map character."""
    cells = tileset_art(tileset).cells
    if cell not in cells:
        raise MapError(f"cell {cell!r} is not drawn for tileset {tileset}")
    return cells[cell]


def block_at(tileset: int, grid: list[str], bx: int, by: int) -> Block:
    """4x4 tiles of the block at (bx, by), row-major."""
    rows: list[int] = []
    for y in (2 * by, 2 * by + 1):
        left, right = (cell_tiles(tileset, grid[y][2 * bx + side]) for side in (0, 1))
        rows += [*left[:2], *right[:2], *left[2:], *right[2:]]
    return tuple(rows)


def border_block(made: Map) -> Block:
    """The block around a map: four times its border cell."""
    return block_at(made.tileset, [made.border * 2] * 2, 0, 0)


@cache
def blocksets() -> dict[str, dict[Block, int]]:
    """Picture file -> block -> block id; tilesets that share pictures share blocks."""
    found: dict[str, dict[Block, int]] = {name: {} for name in FILES.values()}
    for made in maps().values():
        known = found[FILES[made.tileset]]
        known.setdefault(border_block(made), len(known))
        for by in range(made.height):
            for bx in range(made.width):
                known.setdefault(block_at(made.tileset, made.grid, bx, by), len(known))
    for name, known in found.items():
        if len(known) > MAX_BLOCKS:
            raise MapError(f"tileset {name} needs {len(known)} blocks, more than {MAX_BLOCKS}")
    return found


def block_ids(made: Map) -> list[int]:
    """Block ids of a map, row-major."""
    known = blocksets()[FILES[made.tileset]]
    return [known[block_at(made.tileset, made.grid, bx, by)] for by in range(made.height) for bx in range(made.width)]


def standable(made: Map, x: int, y: int) -> bool:
    """Whether the collision tile (lower left) of a step can be walked on."""
    return cell_tiles(made.tileset, made.grid[y][x])[2] in walkable(made.tileset)


def connection_bytes(made: Map, link: Connection) -> str:
    """The 11-byte connection struct."""
    other = maps()[link.map]
    vertical = link.direction in ("north", "south")
    own_length, length = (made.width, other.width) if vertical else (made.height, other.height)
    source, target = max(0, -link.offset - 3), max(0, link.offset + 3)
    strip = min(own_length + 3 - link.offset, length) - source
    stride = made.width + 6
    if link.direction == "north":
        source += other.width * (other.height - 3)
        aligned, window = (2 * other.height - 1, -2 * link.offset), (other.width + 6) * other.height + 1
    elif link.direction == "south":
        target += stride * (made.height + 3)
        aligned, window = (0, -2 * link.offset), other.width + 7
    elif link.direction == "west":
        source, target = other.width * source + other.width - 3, stride * target
        aligned, window = (-2 * link.offset, 2 * other.width - 1), (other.width + 6) * 2 - 6
    else:
        source, target = other.width * source, stride * target + made.width + 3
        aligned, window = (-2 * link.offset, 0), other.width + 7
    asm = db([link.map]) + dw([f"Map{link.map}Blocks+{source}", overworld_map() + target])
    return asm + db([strip, other.width, *aligned]) + dw([overworld_map() + window])


def header_asm(made: Map) -> str:
    """Map header with its connections and the object pointer."""
    links = sorted(made.connections, key=lambda link: DIRECTIONS.index(link.direction))
    label = f"Map{made.id}"
    asm = f"{label}Header::\n" + db([made.tileset, made.height, made.width])
    asm += dw([f"{label}Blocks", f"{label}Texts", f"{label}Script"])
    asm += db([sum(CONNECTION_BITS[link.direction] for link in links)])
    return asm + "".join(connection_bytes(made, link) for link in links) + dw([f"{label}Objects"])


def view_pointer(width: int, x: int, y: int) -> int:
    """wCurrentTileBlockMapViewPointer for a player at step (x, y) of a map ``width`` blocks wide."""
    return overworld_map() + 7 + width + (width + 6) * (y >> 1) + (x >> 1)


def objects_asm(made: Map) -> str:
    """Object data: border block, warps, signs, objects and the placements of arrivals."""
    border = blocksets()[FILES[made.tileset]][border_block(made)]
    asm = f"Map{made.id}Objects::\n" + db([border, len(made.warps)])
    asm += "".join(db([warp.y, warp.x, warp.warp, warp.map]) for warp in made.warps)
    asm += db([len(made.signs)])
    for number, sign in enumerate(made.signs, len(made.things) + 1):
        asm += db([sign.y, sign.x, number])
    asm += db([len(made.things)])
    for number, thing in enumerate(made.things, 1):
        row = [thing.picture, thing.y + 4, thing.x + 4, thing.movement, thing.range, number | thing.flag]
        asm += db([*row, *thing.extra])
    for warp in made.warps:
        asm += dw([view_pointer(made.width, warp.x, warp.y)]) + db([warp.y, warp.x])
    return asm


def texts_asm(made: Map) -> str:
    """Text pointer table and its entries: far texts, pseudo-texts, or 08 where a script owns the text."""
    label = f"Map{made.id}"
    names = [thing.text for thing in made.things] + [sign.text for sign in made.signs]
    table, entries = f"{label}Texts::\n", f"{label}Script::\n\tret\n"
    for number, name in enumerate(names, 1):
        if name in load("marts"):
            table += dw([name])
            continue
        table += dw([f"{label}Text{number}"])
        entries += f"{label}Text{number}:\n"
        if name in compile_texts.banks():
            entries += db([0x17]) + dw([f"Text_{name}"]) + db([compile_texts.banks()[name], 0x50])
        elif name in PSEUDO_TEXTS:
            entries += db([PSEUDO_TEXTS[name], 0x50])
        else:
            raise MapError(f"map {made.id}: text {name} does not exist")
    return table + entries


def _map_sections(made: Map) -> list[Section]:
    bank, header = place(made.header)
    blocks = f"Map{made.id}Blocks::\n" + db(block_ids(made))
    return [
        Section(f"Map{made.id}Header", bank, header, header_asm(made)),
        Section(f"Map{made.id}Blocks", bank, place(made.blocks)[1], blocks),
        Section(f"Map{made.id}Objects", bank, place(made.objects)[1], objects_asm(made)),
        Section(f"Map{made.id}Texts", bank, None, texts_asm(made)),
    ]


def _closed_map() -> Section:
    """What the ids of maps that are not on this cartridge lead to: one sealed block."""
    asm = "ClosedMapHeader::\n" + db([0, 1, 1]) + dw(["ClosedMapBlock", "ClosedMapEnd", "ClosedMapEnd"])
    asm += db([0]) + dw(["ClosedMapObjects"])
    asm += "ClosedMapObjects:\n" + db([0, 1, 1, 0, 0, 0xFF, 0, 0]) + dw([view_pointer(1, 0, 1)]) + db([1, 0])
    return Section("ClosedMap", CLOSED_BANK, None, asm + "ClosedMapBlock:\n" + db([0]) + "ClosedMapEnd:\n\tret\n")


def _pointers() -> list[Section]:
    headers = [f"Map{number}Header" if number in maps() else "ClosedMapHeader" for number in range(MAP_COUNT)]
    banks = [place(maps()[number].header)[0] if number in maps() else CLOSED_BANK for number in range(MAP_COUNT)]
    return [fixed("MapHeaderPointers", dw(headers)), fixed("MapHeaderBanks", db(banks))]


def placement(number: int, x: int, y: int) -> str:
    """6-byte record of an arrival: view pointer, Y, X, Y and X within the block."""
    return dw([view_pointer(maps()[number].width, x, y)]) + db([y, x, y & 1, x & 1])


def _arrivals() -> list[Section]:
    data = load("arrivals")
    start = data["new_game"]
    first = db([start["map"]]) + placement(start["map"], start["x"], start["y"])
    table, records = "", ""
    for town in data["fly"]:
        known = town["map"] in maps()
        table += db([town["map"] if known else 0xFF, 0]) + dw([f"FlyTo{town['map']}" if known else 0])
        if known:
            records += f"FlyTo{town['map']}:\n" + placement(town["map"], town["x"], town["y"])
    return [
        fixed("NewGameWarp", first + db([maps()[start["map"]].tileset])),
        fixed("FlyWarpDataPtr", table + records),
        fixed("DungeonWarpList", db([0xFF])),
    ]


def _blockset_sections() -> list[Section]:
    made: dict[str, Section] = {}
    for tileset, name in FILES.items():
        bank, address = place(load("tilesets")["tilesets"][tileset]["blocks"])
        blocks = blocksets()[name]
        asm = f"Blockset{bank:02X}{address:04X}::\n" + "".join(db(block) for block in blocks)
        made[name] = Section(f"Blockset{bank:02X}{address:04X}", bank, address, asm)
    return list(made.values())


def sections() -> list[Section]:
    """Map headers, blocks, objects, texts, blocksets and arrival records."""
    return [
        *(section for made in maps().values() for section in _map_sections(made)),
        _closed_map(),
        *_pointers(),
        *_arrivals(),
        *_blockset_sections(),
    ]
