"""Tileset headers, collision lists and what tiles do: warps, doors, ledges, pairs (gen1 2.2, 2.13)."""

from cartridge.section import Section
from cartridge.tableasm import db, dw, fixed, load, place

END = 0xFF


def _ids(text: str) -> list[int]:
    return list(bytes.fromhex(text))


def _headers() -> str:
    asm = ""
    for tileset in load("tilesets")["tilesets"]:
        bank, blocks = place(tileset["blocks"])
        counter = (_ids(tileset["counter"]) + [END] * 3)[:3]
        grass = _ids(tileset["grass"]) or [END]
        asm += db([bank]) + dw([blocks, place(tileset["gfx"])[1], place(tileset["collision"])[1]])
        asm += db([*counter, *grass, tileset["animation"]])
    return asm


def _collision_lists() -> list[Section]:
    lists = {tileset["collision"]: tileset["walkable"] for tileset in load("tilesets")["tilesets"]}
    return [
        Section(f"Collision{place(at)[1]:04X}", 0, place(at)[1], db([*_ids(tiles), END])) for at, tiles in lists.items()
    ]


def _pointed(prefix: str, lists: list[list[int]], end: int) -> str:
    """A pointer per list followed by the lists themselves."""
    labels = [f"{prefix}{number}" for number in range(len(lists))]
    return dw(labels) + "".join(f"{label}:\n" + db([*row, end]) for label, row in zip(labels, lists, strict=True))


def _doors() -> str:
    doors = [(tileset["id"], _ids(tileset["doors"])) for tileset in load("tilesets")["tilesets"] if tileset["doors"]]
    asm = "".join(db([number]) + dw([f"DoorTiles{number}"]) for number, _ in doors) + db([END])
    return asm + "".join(f"DoorTiles{number}:\n" + db([*tiles, 0]) for number, tiles in doors)


def _flat(rows: list[list[int]]) -> str:
    return db([*(value for row in rows for value in row), END])


def sections() -> list[Section]:
    """All tables about tiles at their fixed places."""
    data = load("tilesets")
    return [
        *_collision_lists(),
        fixed("Tilesets", _headers()),
        fixed("TilePairCollisionsLand", _flat(data["land_pairs"])),
        fixed("TilePairCollisionsWater", _flat(data["water_pairs"])),
        fixed("LedgeTiles", _flat(data["ledges"])),
        fixed("DoorTileIDPointers", _doors()),
        fixed("WarpTileIDPointers", _pointed("WarpTiles", [_ids(row["warps"]) for row in data["tilesets"]], END)),
        fixed("WarpTileListPointers", _pointed("WarpCarpets", data["carpets"], END)),
        fixed("WarpPadAndHoleData", _flat(data["pads"])),
        fixed("WaterTilesets", db([*data["water"], END])),
        fixed("BikeRidingTilesets", db([*data["bike"], END])),
        fixed("EscapeRopeTilesets", db([*data["escape"], END])),
        fixed("DungeonTilesets", db([*data["dungeon"], END])),
        fixed("ForcedBikeOrSurfMaps", db([END])),
        fixed("BookshelfTileIDs", db([END])),
    ]
