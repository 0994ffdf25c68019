"""Maps as the ROM describes them: cells, warps, signs, objects, connections (gen1 2.1, 2.2, 3.4-3.9).

Nothing here decides where to go; the graph of the world is built from these structs.
"""

from __future__ import annotations

import msgspec

from agent_core.gen1 import symbols as sym
from agent_core.gen1.rom import BANK_SIZE, RomReader
from agent_core.gen1.rules import CARPET_TILESETS

MAP_COUNT = 248
TILESET_COUNT = 24
LAST_MAP = 0xFF
OBJECT_OFFSET = 4
DOWN, UP, LEFT, RIGHT = 0x00, 0x04, 0x08, 0x0C
"""Facings as sprites and ledges keep them (gen1 1.3)."""
FACINGS = (DOWN, UP, LEFT, RIGHT)
DELTA = {DOWN: (0, 1), UP: (0, -1), LEFT: (-1, 0), RIGHT: (1, 0)}
STAY = 0xFF


class Warp(msgspec.Struct, frozen=True):
    """One warp square; `target` 255 means the outside map one came from."""

    x: int
    y: int
    index: int
    target: int


class Sign(msgspec.Struct, frozen=True):
    x: int
    y: int
    text: int


class MapObject(msgspec.Struct, frozen=True):
    """One object: its sprite slot, whether it wanders, and the first byte of its text (`script`, gen1 2.12)."""

    slot: int
    x: int
    y: int
    walks: bool
    text: int
    trainer: tuple[int, int] | None
    item: int | None
    script: int


class Connection(msgspec.Struct, frozen=True):
    """A neighbour map; the alignments (steps, signed) place the player on it (gen1 3.9)."""

    facing: int
    target: int
    y_align: int
    x_align: int


class Tileset(msgspec.Struct, frozen=True):
    """What the tiles of a tileset do under a foot or in front of it."""

    id: int
    bank: int
    blocks: int
    walkable: frozenset[int]
    counters: frozenset[int]
    grass: int
    doors: frozenset[int]
    warps: frozenset[int]
    pairs: frozenset[tuple[int, int]]


class GameMap(msgspec.Struct, frozen=True):
    """One map; `tiles` has the collision tile (lower left) of every cell, `right_tiles` the lower right, row by row."""

    id: int
    tileset: Tileset
    width: int
    height: int
    tiles: bytes
    right_tiles: bytes
    connections: tuple[Connection, ...]
    warps: tuple[Warp, ...]
    signs: tuple[Sign, ...]
    objects: tuple[MapObject, ...]

    def inside(self, x: int, y: int) -> bool:
        return 0 <= x < self.width and 0 <= y < self.height

    def tile(self, x: int, y: int) -> int:
        """Collision tile of a cell inside the map."""
        return self.tiles[y * self.width + x]

    def walkable(self, x: int, y: int) -> bool:
        return self.tile(x, y) in self.tileset.walkable

    def warp_at(self, x: int, y: int) -> Warp | None:
        return next((warp for warp in self.warps if warp.x == x and warp.y == y), None)

    def grass(self, x: int, y: int) -> bool:
        """Wild encounters can start here: the lower right tile is grass (gen1 3.7)."""
        return self.right_tiles[y * self.width + x] == self.tileset.grass


class Atlas(msgspec.Struct, frozen=True):
    """Every map of a ROM that parses, with the rules that hold on all of them."""

    maps: dict[int, GameMap]
    ledges: frozenset[tuple[int, int, int]]
    carpets: dict[int, frozenset[int]]

    def leaves_by(self, game_map: GameMap, x: int, y: int, facing: int) -> bool:
        """A warp square that is no door warps when one presses `facing` on it (ExtraWarpCheck, gen1 3.8)."""
        dx, dy = DELTA[facing]
        ahead = (x + dx, y + dy)
        if game_map.tileset.id in CARPET_TILESETS:
            return game_map.inside(*ahead) and game_map.tile(*ahead) in self.carpets[facing]
        return not game_map.inside(*ahead)

    def warps_at_once(self, game_map: GameMap, x: int, y: int) -> bool:
        """Stepping on the warp square (x, y) is enough: its tile is a door or warp tile."""
        tile = game_map.tile(x, y)
        return tile in game_map.tileset.doors or tile in game_map.tileset.warps

    def arrival(self, game_map: GameMap, x: int, y: int) -> tuple[int, int]:
        """Where one stands after arriving on warp square (x, y): one step below a door (gen1 3.8)."""
        if game_map.tile(x, y) in game_map.tileset.doors and game_map.inside(x, y + 1):
            return (x, y + 1)
        return (x, y)


def read_atlas(image: bytes) -> Atlas:
    """All maps of a ROM image; ids whose header does not parse, and copies of earlier headers, are left out."""
    rom = RomReader(image)
    tilesets = {index: _tileset(rom, index) for index in range(TILESET_COUNT)}
    maps: dict[int, GameMap] = {}
    headers: set[tuple[int, int]] = set()
    for map_id in range(MAP_COUNT):
        bank = rom.byte(sym.MapHeaderBanks[0], sym.MapHeaderBanks[1] + map_id)
        pointer = rom.word(sym.MapHeaderPointers[0], sym.MapHeaderPointers[1] + 2 * map_id)
        if (bank, pointer) in headers:
            continue
        game_map = _map(rom, map_id, bank, pointer, tilesets)
        if game_map is not None:
            headers.add((bank, pointer))
            maps[map_id] = game_map
    ledge_bytes = rom.until(*sym.LedgeTiles, limit=4 * 32)
    ledges = frozenset(zip(ledge_bytes[::4], ledge_bytes[1::4], ledge_bytes[2::4], strict=False))
    carpets = {
        facing: frozenset(rom.until(3, rom.word(3, sym.WarpTileListPointers[1] + 2 * place), limit=16))
        for place, facing in enumerate(FACINGS)
    }
    return Atlas(maps, ledges, carpets)


def _tileset(rom: RomReader, index: int) -> Tileset:
    row = rom.read(sym.Tilesets[0], sym.Tilesets[1] + 12 * index, 12)
    collision = int.from_bytes(row[5:7], "little")
    pairs = rom.until(*sym.TilePairCollisionsLand, limit=3 * 16)
    listed = [(a, b) for tileset, a, b in zip(pairs[::3], pairs[1::3], pairs[2::3], strict=False) if tileset == index]
    warp_pointer = rom.word(sym.WarpTileIDPointers[0], sym.WarpTileIDPointers[1] + 2 * index)
    return Tileset(
        index,
        row[0],
        int.from_bytes(row[1:3], "little"),
        frozenset(rom.until(0, collision, limit=64)),
        frozenset(row[7:10]) - {0xFF},
        row[10],
        _doors(rom, index),
        frozenset(rom.until(sym.WarpTileIDPointers[0], warp_pointer, limit=16)),
        frozenset(listed) | {(b, a) for a, b in listed},
    )


def _doors(rom: RomReader, tileset: int) -> frozenset[int]:
    bank, address = sym.DoorTileIDPointers
    rows = rom.until(bank, address, limit=3 * TILESET_COUNT)
    for place in range(0, len(rows) - 2, 3):
        if rows[place] == tileset:
            pointer = int.from_bytes(rows[place + 1 : place + 3], "little")
            return frozenset(rom.until(bank, pointer, end=0, limit=16))
    return frozenset()


def _map(rom: RomReader, map_id: int, bank: int, pointer: int, tilesets: dict[int, Tileset]) -> GameMap | None:
    if not _in_bank(bank, pointer):
        return None
    tileset_id, height, width = rom.read(bank, pointer, 3)
    blocks = rom.word(bank, pointer + 3)
    flags = rom.byte(bank, pointer + 9)
    if tileset_id >= TILESET_COUNT or not height or not width or not _in_bank(bank, blocks) or flags > 15:
        return None
    connections = []
    place = pointer + 10
    for bit, facing in ((8, UP), (4, DOWN), (2, LEFT), (1, RIGHT)):
        if flags & bit:
            row = rom.read(bank, place, 11)
            connections.append(Connection(facing, row[0], _signed(row[7]), _signed(row[8])))
            place += 11
    objects_at = rom.word(bank, place)
    parsed = _objects(rom, bank, objects_at, rom.word(bank, pointer + 5))
    if parsed is None:
        return None
    warps, signs, objects = parsed
    tileset = tilesets[tileset_id]
    left, right = _cells(rom, bank, blocks, width, height, tileset)
    return GameMap(map_id, tileset, 2 * width, 2 * height, left, right, tuple(connections), warps, signs, objects)


def _in_bank(bank: int, pointer: int) -> bool:
    return BANK_SIZE <= pointer < 2 * BANK_SIZE or (bank == 0 and 0 < pointer < BANK_SIZE)


def _signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte


def _cells(rom: RomReader, bank: int, blocks: int, width: int, height: int, tileset: Tileset) -> tuple[bytes, bytes]:
    data = rom.read(bank, blocks, width * height)
    left, right = bytearray(), bytearray()
    shapes = {block: rom.read(tileset.bank, tileset.blocks + 16 * block, 16) for block in sorted(set(data))}
    for y in range(2 * height):
        row = ((y & 1) * 2 + 1) * 4
        for x in range(2 * width):
            shape = shapes[data[(y >> 1) * width + (x >> 1)]]
            left.append(shape[row + (x & 1) * 2])
            right.append(shape[row + (x & 1) * 2 + 1])
    return bytes(left), bytes(right)


def _objects(
    rom: RomReader, bank: int, place: int, texts: int
) -> tuple[tuple[Warp, ...], tuple[Sign, ...], tuple[MapObject, ...]] | None:
    if not _in_bank(bank, place):
        return None
    place += 1
    count = rom.byte(bank, place)
    if count > 32:
        return None
    data = rom.read(bank, place + 1, 4 * count)
    warps = tuple(Warp(data[i + 1], data[i], data[i + 2], data[i + 3]) for i in range(0, len(data), 4))
    place += 1 + 4 * count
    count = rom.byte(bank, place)
    if count > 16:
        return None
    data = rom.read(bank, place + 1, 3 * count)
    signs = tuple(Sign(data[i + 1], data[i], data[i + 2]) for i in range(0, len(data), 3))
    place += 1 + 3 * count
    count = rom.byte(bank, place)
    if count > 16:
        return None
    place += 1
    objects = []
    for slot in range(1, count + 1):
        _, y, x, movement, _, text = rom.read(bank, place, 6)
        place += 6
        trainer, item = None, None
        if text & 0x40:
            trainer = (rom.byte(bank, place), rom.byte(bank, place + 1))
            place += 2
        elif text & 0x80:
            item = rom.byte(bank, place)
            place += 1
        number = text & 0x3F
        script = rom.byte(bank, rom.word(bank, texts + 2 * (number - 1))) if number else 0
        objects.append(
            MapObject(slot, x - OBJECT_OFFSET, y - OBJECT_OFFSET, movement != STAY, number, trainer, item, script)
        )
    return warps, signs, tuple(objects)
