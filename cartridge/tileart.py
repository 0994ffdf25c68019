"""Reads gfx/<tileset>.txt: pictures made of 8x8 tiles, and cells of 2x2 tiles that maps are drawn with.

``art WxH ID..`` is followed by 8*H rows of 8*W pixels (``. - + #`` from white to black); ``cell C A B C D name``
names the four tiles (upper left, upper right, lower left, lower right; hex) of one map character.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

GFX: Final = Path(__file__).parent / "gfx"
SHADES: Final = ".-+#"
FILES: Final = {0: "overworld", 1: "home", 4: "home", 8: "neighbour", 2: "shop", 6: "shop", 5: "lab", 7: "lab"}

Tile = tuple[str, ...]


class ArtError(ValueError):
    """A picture file cannot be read; the message starts with file and line."""


@dataclass
class Art:
    """Tiles by id and cells by character of one picture file."""

    tiles: dict[int, Tile] = field(default_factory=dict)
    cells: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)


def cut(rows: list[str], column: int, row: int) -> Tile:
    """The 8x8 tile at a tile position of a picture."""
    return tuple(line[8 * column : 8 * column + 8] for line in rows[8 * row : 8 * row + 8])


def encode_tile(tile: Tile) -> bytes:
    """2bpp: per row the low bits, then the high bits, leftmost pixel in bit 7 (gen1 2.2)."""
    out = bytearray()
    for line in tile:
        shades = [SHADES.index(pixel) for pixel in line]
        for bit in (0, 1):
            out.append(sum((shade >> bit & 1) << (7 - place) for place, shade in enumerate(shades)))
    return bytes(out)


def parse(source: str, where: str) -> Art:
    """All pictures and cells of one file; a tile drawn twice or a crooked row is an ArtError."""
    art = Art()
    lines = source.splitlines()
    number = 0
    while number < len(lines):
        words = lines[number].split()
        number += 1
        if not words or words[0].startswith(";"):
            continue
        at = f"{where}:{number}"
        if words[0] == "cell" and len(words) >= 6 and len(words[1]) == 1:
            if words[1] in art.cells:
                raise ArtError(f"{at}: cell {words[1]} exists twice")
            a, b, c, d = (int(word, 16) for word in words[2:6])
            art.cells[words[1]] = (a, b, c, d)
        elif words[0] == "art" and len(words) >= 3:
            width, height = (int(part) for part in words[1].split("x"))
            ids = [int(word, 16) for word in words[2:]]
            rows = lines[number : number + 8 * height]
            wrong = [row for row in rows if len(row) != 8 * width or set(row) - set(SHADES)]
            if len(ids) != width * height or len(rows) != 8 * height or wrong:
                raise ArtError(f"{at}: picture is not {8 * width}x{8 * height} pixels of {SHADES!r}")
            for index, tile in enumerate(ids):
                if tile in art.tiles:
                    raise ArtError(f"{at}: tile {tile:02X} is drawn twice")
                art.tiles[tile] = cut(rows, index % width, index // width)
            number += 8 * height
        else:
            raise ArtError(f"{at}: expected 'art' or 'cell'")
    return art


@cache
def art(name: str) -> Art:
    """The pictures of gfx/<name>.txt and of gfx/<name>_*.txt."""
    found = Art()
    for path in [GFX / f"{name}.txt", *sorted(GFX.glob(f"{name}_*.txt"))]:
        part = parse(path.read_text(encoding="utf-8"), f"gfx/{path.name}")
        if twice := found.tiles.keys() & part.tiles.keys():
            raise ArtError(f"gfx/{path.name}: tile {min(twice):02X} is drawn twice")
        found.tiles |= part.tiles
        found.cells |= part.cells
    return found


def tileset_art(tileset: int) -> Art:
    """The pictures that a tileset is drawn with."""
    return art(FILES[tileset])
