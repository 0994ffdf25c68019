"""Text encoding of the cartridge: characters and control names to bytes (gen1 0.2)."""

from typing import Final

TERMINATOR: Final = 0x50


def _glyphs() -> dict[str, int]:
    table: dict[str, int] = {}
    for first, letters in (
        (0x80, "ABCDEFGHIJKLMNOPQRSTUVWXYZ():;[]"),
        (0xA0, "abcdefghijklmnopqrstuvwxyzé"),
        (0xF6, "0123456789"),
    ):
        table.update({letter: first + index for index, letter in enumerate(letters)})
    for index, pair in enumerate(("'d", "'l", "'s", "'t", "'v")):
        table[pair] = 0xBB + index
    table.update({"'": 0xE0, "-": 0xE3, "'r": 0xE4, "'m": 0xE5, "?": 0xE6, "!": 0xE7, ".": 0xE8})
    table.update({"▷": 0xEC, "▶": 0xED, "▼": 0xEE, "♂": 0xEF, "¥": 0xF0, "\u00d7": 0xF1})
    table.update({"/": 0xF3, ",": 0xF4, "♀": 0xF5})
    table.update({" ": 0x7F, "┌": 0x79, "─": 0x7A, "┐": 0x7B, "│": 0x7C, "└": 0x7D, "┘": 0x7E, "…": 0x75})
    return table


GLYPHS: Final[dict[str, int]] = _glyphs()

CONTROLS: Final[dict[str, int]] = {
    "page": 0x49,
    "scroll": 0x4C,
    "next": 0x4E,
    "line": 0x4F,
    "para": 0x51,
    "player": 0x52,
    "rival": 0x53,
    "cont": 0x55,
    "dots": 0x56,
    "done": 0x57,
    "prompt": 0x58,
    "target": 0x59,
    "user": 0x5A,
    "pc": 0x5B,
    "tm": 0x5C,
    "trainer": 0x5D,
    "pk": 0xE1,
    "mn": 0xE2,
}

COMMANDS: Final[dict[str, int]] = {"button": 0x06, "pause": 0x0A}


def encode(text: str) -> bytes:
    """Encode plain text without a terminator; an unknown character is a ValueError that names it."""
    out = bytearray()
    position = 0
    while position < len(text):
        pair = text[position : position + 2]
        if len(pair) == 2 and pair in GLYPHS:
            out.append(GLYPHS[pair])
            position += 2
            continue
        if text[position] not in GLYPHS:
            raise ValueError(f"character {text[position]!r} is not in the character map")
        out.append(GLYPHS[text[position]])
        position += 1
    return bytes(out)
