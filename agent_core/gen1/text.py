"""The game's character map and the 20x18 tile screen (gen1 0.2, 4.1)."""

from __future__ import annotations

SCREEN_WIDTH = 20
SCREEN_HEIGHT = 18
SCREEN_SIZE = SCREEN_WIDTH * SCREEN_HEIGHT

TERMINATOR = 0x50
SPACE = 0x7F
CURSOR = 0xED
ARROW = 0xEE
BOX_TOP_LEFT, BOX_HORIZONTAL, BOX_TOP_RIGHT, BOX_VERTICAL, BOX_BOTTOM_LEFT, BOX_BOTTOM_RIGHT = range(0x79, 0x7F)
ARROW_CELL = SCREEN_WIDTH * 16 + 18
"""Index of the waiting arrow of a message box: tile (18,16)."""

_GLYPHS: dict[int, str] = {
    **{0x80 + i: chr(ord("A") + i) for i in range(26)},
    **dict(zip(range(0x9A, 0xA0), "():;[]", strict=True)),
    **{0xA0 + i: chr(ord("a") + i) for i in range(26)},
    0xBA: "é",
    **dict(zip(range(0xBB, 0xC0), ("'d", "'l", "'s", "'t", "'v"), strict=True)),
    **dict(zip(range(0xE0, 0xE9), ("'", "PK", "MN", "-", "'r", "'m", "?", "!", "."), strict=True)),
    0xEC: "▷",
    0xED: "▶",
    0xEE: "▼",
    0xEF: "♂",
    0xF0: "¥",
    0xF1: "×",  # noqa: RUF001
    0xF2: ".",
    0xF3: "/",
    0xF4: ",",
    0xF5: "♀",
    **{0xF6 + i: str(i) for i in range(10)},
    0x79: "┌",
    0x7A: "─",
    0x7B: "┐",
    0x7C: "│",
    0x7D: "└",
    0x7E: "┘",
    SPACE: " ",
    0x4E: "\n",
    0x4F: "\n",
    0x51: "\n",
    0x52: "<PLAYER>",
    0x53: "<RIVAL>",
    0x54: "POKé",
    0x55: "\n",
    0x56: "……",
    0x5B: "PC",
    0x5C: "TM",
    0x5D: "TRAINER",
    0x5E: "ROCKET",
}
_DECODE = tuple(_GLYPHS.get(code, "·") for code in range(256))
_ON_SCREEN = tuple(_DECODE[code] if code >= BOX_TOP_LEFT else "·" for code in range(256))
"""A tile below the box drawing is a piece of map."""
_ENCODE = {glyph: code for code, glyph in sorted(_GLYPHS.items(), reverse=True) if len(glyph) == 1}


def decode(data: bytes) -> str:
    """Text of an `@`-terminated string; a byte without a glyph reads as a middle dot (gen1 0.2)."""
    end = data.find(TERMINATOR)
    return "".join(_DECODE[code] for code in (data if end < 0 else data[:end]))


def encode(text: str, length: int = 0) -> bytes:
    """`text` as the game stores it, terminated, padded to `length` bytes; ValueError names an unknown character."""
    out = bytearray()
    for glyph in text:
        if glyph not in _ENCODE:
            raise ValueError(f"the game has no character {glyph!r}")
        out.append(_ENCODE[glyph])
    out.append(TERMINATOR)
    out.extend([TERMINATOR] * (length - len(out)))
    return bytes(out)


def bcd(data: bytes) -> int:
    """Packed decimal, most significant byte first; a nibble above 9 counts with its face value (gen1 0)."""
    value = 0
    for byte in data:
        value = value * 100 + (byte >> 4) * 10 + (byte & 15)
    return value


class Screen:
    """What wTileMap shows: 20x18 tile ids, read by position or as text."""

    __slots__ = ("tiles",)

    def __init__(self, tiles: bytes) -> None:
        self.tiles = tiles

    def tile(self, x: int, y: int) -> int:
        return self.tiles[SCREEN_WIDTH * y + x]

    def row(self, y: int) -> str:
        """Row `y` as text; map tiles read as middle dots."""
        return "".join(_ON_SCREEN[code] for code in self.tiles[SCREEN_WIDTH * y : SCREEN_WIDTH * (y + 1)])

    def text(self) -> str:
        return "\n".join(self.row(y) for y in range(SCREEN_HEIGHT))

    @property
    def message_box(self) -> bool:
        """The standard dialogue box is drawn: its corners (0,12), (19,12), (0,17), (19,17) (gen1 4.1)."""
        tiles = self.tiles
        return (
            tiles[240] == BOX_TOP_LEFT
            and tiles[259] == BOX_TOP_RIGHT
            and tiles[340] == BOX_BOTTOM_LEFT
            and tiles[359] == BOX_BOTTOM_RIGHT
        )

    @property
    def message(self) -> str:
        """The lines of the message box, without trailing blanks."""
        return "\n".join(self.row(y)[1:19].rstrip(" ▼") for y in (14, 16)).strip()

    def box_at(self, x: int, y: int) -> bool:
        """A box has its top-left corner at (x, y)."""
        return self.tiles[SCREEN_WIDTH * y + x] == BOX_TOP_LEFT

    def still(self) -> bytes:
        """The tiles without the blinking arrow: equal twice means that nothing is being printed."""
        return self.tiles[:ARROW_CELL] + self.tiles[ARROW_CELL + 1 :]
