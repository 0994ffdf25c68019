"""A tiny ROM image in the real table formats: three maps drawn as letters, two species, a few moves."""

from __future__ import annotations

from agent_core.gen1 import symbols as sym
from agent_core.gen1.text import encode

FLOOR, WALL, GRASS, DOOR, MAT, COUNTER, HIGH, LEDGE, STEP_A, STEP_B = (
    0x10,
    0x7,
    0x52,
    0x1B,
    0x20,
    0x18,
    0x2C,
    0x37,
    0x21,
    0x23,
)
LETTERS = {
    ".": FLOOR,
    "#": WALL,
    '"': GRASS,
    "D": DOOR,
    "M": MAT,
    "C": COUNTER,
    "h": HIGH,
    "v": LEDGE,
    "a": STEP_A,
    "b": STEP_B,
}
"""One letter a cell; every cell is one 2x2 group of equal tiles."""

TOWN, ROOM, ROUTE = 0, 37, 12
OUTSIDE, INSIDE = 0, 1
TEXTS = 0x7000
NURSE_TEXT, PLAIN_TEXT = 0x7100, 0x7101

TOWN_CELLS = """
##....##
#......#
#.hhh..#
#.vvv..#
#......#
#...D..#
#.#.ab.#
########
"""
ROUTE_CELLS = """
########
#.\"\"\"..#
#.\"\"\"..#
#......#
#......#
##....##
"""
ROOM_CELLS = """
######
#CC..#
#....#
#....#
#....#
##MM##
"""


class Image:
    """Bytes of a ROM under construction."""

    def __init__(self, banks: int = 64) -> None:
        self.data = bytearray(banks * 0x4000)

    def put(self, place: tuple[int, int], data: bytes) -> None:
        bank, address = place
        start = address if address < 0x4000 else bank * 0x4000 + address - 0x4000
        self.data[start : start + len(data)] = data


def word(value: int) -> bytes:
    return value.to_bytes(2, "little")


def block_set(cells: str) -> tuple[bytes, bytes, int, int]:
    """(blocks of the map, block shapes, width, height) of a drawn map; every 2x2 cells become a block of their own."""
    rows = cells.split()
    width, height = len(rows[0]) // 2, len(rows) // 2
    blocks, shapes = bytearray(), bytearray()
    for by in range(height):
        for bx in range(width):
            tiles = bytearray(16)
            for place in range(16):
                ty, tx = divmod(place, 4)
                tiles[place] = LETTERS[rows[2 * by + ty // 2][2 * bx + tx // 2]]
            blocks.append(len(shapes) // 16)
            shapes += tiles
    return bytes(blocks), bytes(shapes), width, height


def put_tileset(image: Image, index: int, bank: int, blocks: int, *, counters: bytes, grass: int) -> None:
    header = bytes([bank]) + word(blocks) + word(0x4000) + word(0x1700) + counters + bytes([grass, 0])
    image.put((sym.Tilesets[0], sym.Tilesets[1] + 12 * index), header)


def put_map(
    image: Image,
    map_id: int,
    place: tuple[int, int],
    tileset: int,
    cells: str,
    *,
    shapes_at: tuple[int, int],
    connections: bytes = b"",
    flags: int = 0,
    objects: bytes,
) -> None:
    bank, address = place
    blocks, shapes, width, height = block_set(cells)
    image.put(shapes_at, shapes)
    blocks_at, objects_at = address + 0x100, address + 0x200
    header = bytes([tileset, height, width]) + word(blocks_at) + word(TEXTS) + word(0x4000) + bytes([flags])
    image.put(place, header + connections + word(objects_at))
    image.put((bank, blocks_at), blocks)
    image.put((bank, objects_at), objects)
    image.put((sym.MapHeaderBanks[0], sym.MapHeaderBanks[1] + map_id), bytes([bank]))
    image.put((sym.MapHeaderPointers[0], sym.MapHeaderPointers[1] + 2 * map_id), word(address))


def connection(target: int, y_align: int, x_align: int) -> bytes:
    return bytes([target]) + bytes(6) + bytes([y_align & 255, x_align & 255]) + bytes(2)


def warp(x: int, y: int, index: int, target: int) -> bytes:
    return bytes([y, x, index, target])


def thing(x: int, y: int, *, walks: bool = False, text: int = 1, extra: bytes = b"") -> bytes:
    return bytes([1, y + 4, x + 4, 0xFE if walks else 0xFF, 0, text]) + extra


def small_rom() -> bytes:
    """Town (0) with a door to a room (37) and a north connection to a route (12) with grass."""
    image = Image()
    image.put((0, 0x1700), bytes([FLOOR, GRASS, DOOR, MAT, HIGH, STEP_A, STEP_B, 0xFF]))
    put_tileset(image, OUTSIDE, 0x19, 0x4000, counters=b"\xff\xff\xff", grass=GRASS)
    put_tileset(image, INSIDE, 0x19, 0x5000, counters=bytes([COUNTER, 0xFF, 0xFF]), grass=0xFF)
    image.put(sym.DoorTileIDPointers, bytes([OUTSIDE]) + word(0x6700) + b"\xff")
    image.put((6, 0x6700), bytes([DOOR, 0]))
    for index in range(24):
        image.put((3, sym.WarpTileIDPointers[1] + 2 * index), word(0x6F00 if index == OUTSIDE else 0x6F08))
    image.put((3, 0x6F00), bytes([DOOR, 0xFF]))
    image.put((3, 0x6F08), b"\xff")
    for place in range(4):
        image.put((3, sym.WarpTileListPointers[1] + 2 * place), word(0x6F10))
    image.put((3, 0x6F10), b"\xff")
    image.put(sym.TilePairCollisionsLand, bytes([OUTSIDE, STEP_A, STEP_B, 0xFF]))
    image.put(sym.LedgeTiles, bytes([0, HIGH, LEDGE, 0x80, 0xFF]))
    texts = word(PLAIN_TEXT) + word(NURSE_TEXT)
    for bank in (0x06, 0x07, 0x08):
        image.put((bank, TEXTS), texts)
        image.put((bank, NURSE_TEXT), b"\xff\x00")
    town_objects = b"\x01" + b"\x01" + warp(4, 5, 0, ROOM) + b"\x01" + bytes([6, 1, 3]) + b"\x02"
    town_objects += thing(5, 4) + thing(3, 1, walks=True)
    put_map(
        image,
        TOWN,
        (0x06, 0x4000),
        OUTSIDE,
        TOWN_CELLS,
        shapes_at=(0x19, 0x4000),
        connections=connection(ROUTE, 5, 0),
        flags=8,
        objects=town_objects,
    )
    route_objects = (
        b"\x00\x00\x00\x02" + thing(2, 3, text=0x41, extra=bytes([202, 1])) + thing(3, 3, text=0x81, extra=b"\x14")
    )
    # the route shares tileset 0: its shapes follow the town's, so its block ids are moved up
    town_shapes = len(block_set(TOWN_CELLS)[1])
    put_map(
        image,
        ROUTE,
        (0x07, 0x4000),
        OUTSIDE,
        ROUTE_CELLS,
        shapes_at=(0x19, 0x4000 + town_shapes),
        connections=connection(TOWN, 0, 0),
        flags=4,
        objects=route_objects,
    )
    blocks = block_set(ROUTE_CELLS)[0]
    image.put((0x07, 0x4100), bytes(block + town_shapes // 16 for block in blocks))
    room_objects = (
        b"\x01" + b"\x02" + warp(2, 5, 0, 0xFF) + warp(3, 5, 0, 0xFF) + b"\x00" + b"\x01" + thing(1, 0, text=2)
    )
    put_map(image, ROOM, (0x08, 0x4000), INSIDE, ROOM_CELLS, shapes_at=(0x19, 0x5000), objects=room_objects)
    put_tables(image)
    return bytes(image.data)


TACKLE, GROWL, EMBER, SLASH = 33, 45, 52, 163
ROCKY, LEAFY = 1, 2


def put_tables(image: Image) -> None:
    """Moves, two species, three type rows, wild slots of the route."""
    for move, effect, power, kind, accuracy, points in (
        (TACKLE, 0, 35, 0, 242, 35),
        (GROWL, 18, 0, 0, 255, 40),
        (EMBER, 4, 40, 0x14, 255, 25),
        (SLASH, 0, 70, 0, 255, 20),
    ):
        row = bytes([move, effect, power, kind, accuracy, points])
        image.put((sym.Moves[0], sym.Moves[1] + 6 * (move - 1)), row)
    image.put(sym.HighCriticalMoves, bytes([SLASH, 0xFF]))
    image.put(sym.MoveNames, b"".join(encode(f"MOVE{n}") for n in range(1, 166)))
    image.put(sym.ItemNames, b"".join(encode(f"ITEM{n}") for n in range(1, 98)))
    image.put(sym.TrainerNames, b"".join(encode(f"FOE{n}") for n in range(1, 48)))
    image.put(sym.PokedexOrder, bytes([1, 2]))
    for dex, kinds in ((1, (0x05, 0x05)), (2, (0x16, 0x03))):
        row = bytes([dex, 45, 49, 49, 60, 65, *kinds, 45, 64]) + bytes(9) + bytes([3]) + bytes(8)
        image.put((sym.BaseStats[0], sym.BaseStats[1] + 28 * (dex - 1)), row)
        image.put((sym.MonsterNames[0], sym.MonsterNames[1] + 10 * (dex - 1)), encode(f"MON{dex}", 10))
    image.put(sym.TypeEffects, bytes([0x14, 0x16, 20, 0x00, 0x05, 5, 0x00, 0x08, 0, 0xFF]))
    pointers = b"".join(word(0x5300 if map_id == ROUTE else 0x5200) for map_id in range(248)) + word(0xFFFF)
    image.put(sym.WildDataPointers, pointers)
    image.put((3, 0x5300), bytes([25]) + bytes([3, LEAFY] * 10) + bytes([0]))
    image.put((3, 0x5200), bytes(2))


class FlatMemory:
    """64 KiB that can be read like the emulator's."""

    def __init__(self, data: bytes = bytes(0x10000)) -> None:
        self.data = bytearray(data)

    def read(self, start: int, length: int) -> bytes:
        return bytes(self.data[start : start + length])

    def byte(self, address: int) -> int:
        return self.data[address]

    def put(self, address: int, *values: int) -> None:
        self.data[address : address + len(values)] = bytes(values)
