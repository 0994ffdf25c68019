"""Reads maps/*.txt: what lies where on one map, drawn with one character per step cell."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

MAPS: Final = Path(__file__).parent / "maps"
DIRECTIONS: Final = ("north", "south", "west", "east")
MOVEMENT: Final = {"walk": 0xFE, "stay": 0xFF}
RANGES: Final = {
    "any": 0x00,
    "up_down": 0x01,
    "left_right": 0x02,
    "down": 0xD0,
    "up": 0xD1,
    "left": 0xD2,
    "right": 0xD3,
    "none": 0xFF,
}


class MapError(ValueError):
    """A map file cannot be read; the message starts with file and line."""


@dataclass(frozen=True)
class Warp:
    """Step (x, y) leads to a warp of another map; map 255 is the map the player came from."""

    x: int
    y: int
    map: int
    warp: int


@dataclass(frozen=True)
class Sign:
    """A sign that shows a text."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Thing:
    """A map object: picture, movement bytes, text and what follows the text id (gen1 2.1)."""

    x: int
    y: int
    picture: int
    movement: int
    range: int
    text: str
    flag: int = 0
    extra: tuple[int, ...] = ()


@dataclass(frozen=True)
class Connection:
    """The neighbour map in a direction, shifted by ``offset`` blocks."""

    direction: str
    map: int
    offset: int


@dataclass
class Map:
    """One map file."""

    id: int = 0
    name: str = ""
    tileset: int = 0
    header: str = ""
    blocks: str = ""
    objects: str = ""
    border: str = ""
    connections: list[Connection] = field(default_factory=list)
    warps: list[Warp] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    grid: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Blocks across."""
        return len(self.grid[0]) // 2

    @property
    def height(self) -> int:
        """Blocks down."""
        return len(self.grid) // 2


def _thing(words: list[str]) -> Thing:
    x, y, picture, movement, reach, text, *rest = words
    flag, extra = 0, tuple(int(word) for word in rest[1:])
    if rest:
        flag = {"trainer": 0x40, "item": 0x80}[rest[0]]
    return Thing(int(x), int(y), int(picture), MOVEMENT[movement], RANGES[reach], text, flag, extra)


def _line(made: Map, words: list[str]) -> None:
    match words:
        case ["map", number, name]:
            made.id, made.name = int(number), name
        case ["tileset", number]:
            made.tileset = int(number)
        case ["at", header, blocks, objects]:
            made.header, made.blocks, made.objects = header, blocks, objects
        case ["border", cell]:
            made.border = cell
        case ["connect", direction, number, offset] if direction in DIRECTIONS:
            made.connections.append(Connection(direction, int(number), int(offset)))
        case ["warp", x, y, number, warp]:
            made.warps.append(Warp(int(x), int(y), int(number), int(warp)))
        case ["sign", x, y, text]:
            made.signs.append(Sign(int(x), int(y), text))
        case ["object", *rest] if len(rest) >= 6:
            made.things.append(_thing(rest))
        case _:
            raise ValueError(f"{' '.join(words)!r} is not a map line")


def parse(source: str, where: str) -> Map:
    """One map; after ``grid`` every line is a row of cells, an even number of equal rows."""
    made = Map()
    lines = source.splitlines()
    for number, line in enumerate(lines, 1):
        words = line.split()
        if words == ["grid"]:
            made.grid = lines[number:]
            break
        if not words or words[0].startswith(";"):
            continue
        try:
            _line(made, words)
        except (ValueError, KeyError) as error:
            raise MapError(f"{where}:{number}: {error}") from error
    widths = {len(row) for row in made.grid}
    if len(widths) != 1 or len(made.grid) % 2 or widths.pop() % 2:
        raise MapError(f"{where}: the grid is not made of an even number of even, equal rows")
    return made


@cache
def maps() -> dict[int, Map]:
    """Map id -> map, in the order of the ids."""
    found = [parse(path.read_text(encoding="utf-8"), f"maps/{path.name}") for path in sorted(MAPS.glob("*.txt"))]
    return {each.id: each for each in sorted(found, key=lambda each: each.id)}
