"""Pictures from gfx/*.txt to 2bpp: tilesets at their real places, font, box tiles, sprites and beasts (gen1 2.2).

Tables for the engine, all 2bpp with 16 bytes per tile:
``FontTiles`` (bank 3A): tiles 80-FF, 2048 bytes for VRAM 8800; ``BoxTiles`` (bank 3A): tiles 60-7F, 512 bytes for 9600.
``SpriteTable`` (bank 3A): 4 bytes per picture id 0-72: bank, pointer LE, tile count. 24 tiles: four each of down, up,
left standing, then walking; right is left mirrored. 4 tiles: one view for all directions. Colour 0 is transparent.
Tile order inside a view: upper left, upper right, lower left, lower right.
``BeastPictures`` (bank 3B): 6 bytes per dex number 1-20: bank, front pointer LE, bank, back pointer LE; 5x5 tiles
row-major for either; bank 0 means no picture.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from cartridge.section import Section
from cartridge.tableasm import db, dw, load, place
from cartridge.tileart import FILES, GFX, SHADES, ArtError, Tile, art, cut, encode_tile

FONT_BANK: Final = 0x3A
BEAST_BANK: Final = 0x3B
SPRITE_IDS: Final = 73
FIRST_STILL: Final = 61
PLAIN_WALKER: Final = 4
DEX_NUMBERS: Final = 20
BEAST_TILES: Final = 5
BLANK: Final[Tile] = ("." * 8,) * 8


@dataclass(frozen=True)
class Picture:
    """A numbered picture made of views beside and below each other."""

    id: int
    name: str
    columns: int
    rows: int
    pixels: tuple[str, ...]

    def tiles(self, size: int) -> bytes:
        """All tiles, view by view; a view is size x size tiles, row-major."""
        views = [(column, row) for row in range(self.rows) for column in range(self.columns)]
        lines = list(self.pixels)
        return b"".join(
            encode_tile(cut(lines, size * column + x, size * row + y))
            for column, row in views
            for y in range(size)
            for x in range(size)
        )


def parse_pictures(source: str, where: str, size: int) -> list[Picture]:
    """``picture ID CxR NAME`` followed by R bands of C views, each ``8 * size`` pixels wide and high."""
    found: list[Picture] = []
    lines = source.splitlines()
    number = 0
    while number < len(lines):
        words = lines[number].split()
        number += 1
        if not words or words[0].startswith(";"):
            continue
        if words[0] != "picture" or len(words) != 4:
            raise ArtError(f"{where}:{number}: expected 'picture ID CxR NAME'")
        columns, rows = (int(part) for part in words[2].split("x"))
        pixels = tuple(lines[number : number + 8 * size * rows])
        wrong = [row for row in pixels if len(row) != 8 * size * columns or set(row) - set(SHADES)]
        if wrong or len(pixels) != 8 * size * rows:
            raise ArtError(f"{where}:{number}: picture {words[1]} is crooked or has other pixels than {SHADES!r}")
        found.append(Picture(int(words[1]), words[3], columns, rows, pixels))
        number += len(pixels)
    return found


@cache
def pictures(prefix: str, size: int) -> dict[int, Picture]:
    """Pictures of all files gfx/<prefix>*.txt by their id."""
    found: dict[int, Picture] = {}
    for path in sorted(GFX.glob(f"{prefix}*.txt")):
        for picture in parse_pictures(path.read_text(encoding="utf-8"), f"gfx/{path.name}", size):
            if picture.id in found:
                raise ArtError(f"gfx/{path.name}: picture {picture.id} is drawn twice")
            found[picture.id] = picture
    return found


def tile_run(name: str, first: int, count: int) -> bytes:
    """Consecutive tiles of a picture file; tiles that are not drawn are blank."""
    tiles = art(name).tiles
    return b"".join(encode_tile(tiles.get(number, BLANK)) for number in range(first, first + count))


def _tilesets() -> list[Section]:
    made: dict[str, Section] = {}
    for tileset, name in FILES.items():
        row = load("tilesets")["tilesets"][tileset]
        bank, address = place(row["gfx"])
        room = (place(row["blocks"])[1] - address) // 16
        tiles = art(name).tiles
        if max(tiles) >= room:
            raise ArtError(f"gfx/{name}: tile {max(tiles):02X} does not fit, the tileset has {room:02X} tiles")
        label = f"Tiles{bank:02X}{address:04X}"
        made[name] = Section(label, bank, address, f"{label}::\n" + db(tile_run(name, 0, max(tiles) + 1)))
    return list(made.values())


def _sprites() -> list[Section]:
    known = pictures("sprites", 2)
    table = "SpriteTable::\n"
    for number in range(SPRITE_IDS):
        shown = known.get(number, known[FIRST_STILL if number >= FIRST_STILL else PLAIN_WALKER])
        count = 4 * shown.columns * shown.rows
        table += db([FONT_BANK]) + dw([f"SpriteTiles{shown.id}"]) + db([count])
    tiles = "".join(f"SpriteTiles{each.id}:\n" + db(each.tiles(2)) for each in known.values())
    return [Section("SpriteTable", FONT_BANK, None, table + tiles)]


def _beasts() -> list[Section]:
    known = pictures("beasts", BEAST_TILES)
    table = "BeastPictures::\n"
    tiles = ""
    view = 16 * BEAST_TILES * BEAST_TILES
    for number in range(1, DEX_NUMBERS + 1):
        if number not in known:
            table += db([0] * 6)
            continue
        label = f"BeastTiles{number}"
        table += db([BEAST_BANK]) + dw([label]) + db([BEAST_BANK]) + dw([f"{label}+{view}"])
        tiles += f"{label}:\n" + db(known[number].tiles(BEAST_TILES))
    return [Section("BeastPictures", BEAST_BANK, None, table + tiles)]


def sections() -> list[Section]:
    """Every picture of the cartridge."""
    return [
        *_tilesets(),
        Section("FontTiles", FONT_BANK, None, "FontTiles::\n" + db(tile_run("font", 0x80, 0x80))),
        Section("BoxTiles", FONT_BANK, None, "BoxTiles::\n" + db(tile_run("font", 0x60, 0x20))),
        *_sprites(),
        *_beasts(),
    ]
