"""Turns texts/*.txt into text streams, a table of them and a header with their numbers (gen1 0.2, 2.7)."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from cartridge.charmap import COMMANDS, CONTROLS, TERMINATOR, encode
from cartridge.section import Section

HERE: Final = Path(__file__).parent
TEXTS: Final = HERE / "texts"
FIRST_BANK: Final = 0x38
LAST_BANK: Final = 0x39
BANK_ROOM: Final = 0x3E00
LINE_WIDTH: Final = 18
WIDTHS: Final = {"player": 7, "rival": 7, "dots": 2, "pc": 2, "tm": 2, "trainer": 7, "target": 10, "user": 10}
TOKEN: Final = re.compile(r"\{([^{}]*)\}|\\n|\n")


class TextError(ValueError):
    """A text file cannot be compiled; the message starts with file and line."""


@dataclass(frozen=True)
class Text:
    """One compiled text: its stream starts with command 00 and ends with 50."""

    name: str
    stream: bytes


@dataclass
class _Line:
    """What the compiler knows of the line that is being printed."""

    row: int = 1
    width: int = 0


class _Stream:
    """Builds one stream; literal text is opened with 00 and closed with 50 around commands."""

    def __init__(self) -> None:
        self.data = bytearray([0x00])
        self.literal = True
        self.line = _Line()

    def text(self, data: bytes, width: int) -> None:
        if not self.literal:
            self.data.append(0x00)
            self.literal = True
        self.data += data
        self.line.width += width
        if self.line.width > LINE_WIDTH:
            raise ValueError(f"line is wider than {LINE_WIDTH} tiles")

    def command(self, data: bytes, width: int) -> None:
        if self.literal:
            self.data.append(TERMINATOR)
            self.literal = False
        self.data += data
        self.line.width += width

    def control(self, name: str) -> None:
        """A control code; line ends become 4F in a fresh box and 55 when the box is full."""
        if name == "line" and self.line.row >= 2:
            name = "cont"
        if name in ("line", "cont", "para", "next", "page"):
            self.line = _Line(1 if name in ("para", "page") else self.line.row + 1)
        self.text(bytes([CONTROLS[name]]), WIDTHS.get(name, 1 if name in ("pk", "mn") else 0))

    def finish(self) -> bytes:
        if self.literal:
            self.data.append(TERMINATOR)
        self.data.append(TERMINATOR)
        return bytes(self.data)


@cache
def ram_addresses() -> dict[str, int]:
    """RAM name -> address, from layout.json."""
    layout = json.loads((HERE / "layout.json").read_text(encoding="utf-8"))
    return {name: int(place[0], 16) for part in ("wram", "hram") for name, place in layout[part].items()}


def _address(name: str) -> bytes:
    if re.fullmatch(r"0x[0-9A-Fa-f]{4}", name):
        return int(name, 16).to_bytes(2, "little")
    if name not in ram_addresses():
        raise ValueError(f"{name!r} is not a name of layout.json")
    return ram_addresses()[name].to_bytes(2, "little")


def _braces(stream: _Stream, words: list[str]) -> None:
    match words:
        case ["ram", name]:
            stream.command(b"\x01" + _address(name), 7)
        case ["num", name, size, digits] if size.isdigit() and digits.isdigit():
            stream.command(b"\x09" + _address(name) + bytes([int(size) << 4 | int(digits)]), int(digits))
        case ["bcd", name, size] if size.isdigit():
            stream.command(b"\x02" + _address(name) + bytes([0xC0 | int(size)]), 2 * int(size))
        case [name] if name in COMMANDS:
            stream.command(bytes([COMMANDS[name]]), 0)
        case [name] if name in CONTROLS:
            stream.control(name)
        case _:
            raise ValueError(f"{{{' '.join(words)}}} is not a text token")


def compile_text(content: str) -> bytes:
    """One text body -> stream; a physical line end counts like ``\\n`` unless a control stands beside it."""
    stream = _Stream()
    content = re.sub(r"(\\n|\{(?:para|cont|page|next|line|scroll)\})\n", r"\1", content)
    content = re.sub(r"\n(?=\{(?:para|cont|page|next|line|scroll|done|prompt)\}|\\n)", "", content)
    position = 0
    for match in TOKEN.finditer(content):
        plain = encode(content[position : match.start()])
        if plain:
            stream.text(plain, len(plain))
        if match.group(1) is None:
            stream.control("line")
        else:
            _braces(stream, match.group(1).split())
        position = match.end()
    plain = encode(content[position:])
    if plain:
        stream.text(plain, len(plain))
    return stream.finish()


def _compiles(content: str) -> bool:
    try:
        compile_text(content)
    except ValueError:
        return False
    return True


def _checked(name: str, lines: list[str], where: str, first: int) -> Text:
    """Compile one text; on an error find the line to blame by compiling growing prefixes."""
    try:
        return Text(name, compile_text("\n".join(lines)))
    except ValueError as error:
        count = 1
        while count < len(lines) and _compiles("\n".join(lines[:count])):
            count += 1
        raise TextError(f"{where}:{first + count}: {error}") from error


def parse(source: str, where: str) -> list[Text]:
    """All texts of one file: ``@NAME`` starts a text, ``#`` at a line's start is a comment."""
    texts: list[Text] = []
    name: str | None = None
    first = 0
    body: list[str] = []

    def close() -> None:
        while body and not body[-1].strip():
            body.pop()
        if name is not None:
            if not body:
                raise TextError(f"{where}:{first}: text {name} is empty")
            texts.append(_checked(name, body, where, first))

    for number, line in enumerate(source.splitlines(), 1):
        if line.startswith("#"):
            line = ""
            if not body:
                continue
        if line.startswith("@"):
            close()
            name, first, body = line[1:].strip(), number, []
            if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
                raise TextError(f"{where}:{number}: {name!r} is not a text name")
        elif name is not None:
            body.append(line)
        elif line.strip():
            raise TextError(f"{where}:{number}: text before the first @NAME")
    close()
    return texts


@cache
def texts() -> tuple[Text, ...]:
    """Every text of the cartridge in the order of its number."""
    found: dict[str, Text] = {}
    for path in sorted(TEXTS.glob("*.txt")):
        for text in parse(path.read_text(encoding="utf-8"), f"texts/{path.name}"):
            if text.name in found:
                raise TextError(f"texts/{path.name}: text {text.name} exists twice")
            found[text.name] = text
    return tuple(found.values())


def pack(found: Iterable[Text]) -> dict[str, int]:
    """Text name -> bank, filling banks in order; the table itself takes room in the first bank."""
    found = list(found)
    banks: dict[str, int] = {}
    bank, used = FIRST_BANK, 3 * len(found)
    for text in found:
        if used + len(text.stream) > BANK_ROOM:
            bank, used = bank + 1, 0
        if bank > LAST_BANK:
            raise TextError(f"texts do not fit into banks {FIRST_BANK:02X}-{LAST_BANK:02X}")
        banks[text.name] = bank
        used += len(text.stream)
    return banks


@cache
def banks() -> dict[str, int]:
    """Text name -> bank of its stream ``Text_NAME``."""
    return pack(texts())


def data_bytes(data: bytes) -> str:
    """Bytes as ``.db`` lines of sixteen."""
    rows = [data[start : start + 16] for start in range(0, len(data), 16)]
    return "".join("\t.db " + ", ".join(f"0x{byte:02X}" for byte in row) + "\n" for row in rows)


def sections() -> list[Section]:
    """Streams per bank and ``TextTable``: per number one bank byte and a pointer."""
    table = "TextTable::\n"
    parts: dict[int, str] = {}
    for text in texts():
        bank = banks()[text.name]
        table += f"\t.db 0x{bank:02X}\n\t.dw Text_{text.name}\n"
        parts[bank] = parts.get(bank, "") + f"Text_{text.name}::\n" + data_bytes(text.stream)
    made = [Section(f"Texts{bank:02X}", bank, None, asm) for bank, asm in sorted(parts.items())]
    return [Section("TextTable", FIRST_BANK, None, table), *made]


def header() -> str:
    """C header: ``#define TXT_NAME n`` for every text."""
    lines = [f"#define TXT_{text.name} {number}" for number, text in enumerate(texts())]
    return "\n".join(["#ifndef TEXTS_H", "#define TEXTS_H", *lines, f"#define TXT_COUNT {len(lines)}", "#endif", ""])


def write_header(folder: Path) -> Path:
    """Write ``texts.h`` into the build folder; returns its path."""
    path = folder / "texts.h"
    path.write_text(header(), encoding="utf-8")
    return path
