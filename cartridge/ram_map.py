"""layout.json -> C header, assembler equates, Python constants; refuses addresses that collide (gen1 section 1)."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
LAYOUT: Final = HERE / "layout.json"
WRAM: Final = range(0xC000, 0xE000)
HRAM: Final = range(0xFF80, 0xFFFF)
BANKS: Final = 64


class LayoutError(ValueError):
    """The layout contradicts itself; the message names both parties."""


@dataclass(frozen=True)
class Layout:
    """Addresses of the interface: name -> (address, size in bytes); rom: name -> (bank, address)."""

    wram: dict[str, tuple[int, int]]
    hram: dict[str, tuple[int, int]]
    private: dict[str, tuple[int, int]]
    rom: dict[str, tuple[int, int]]


def bank_address(text: str) -> tuple[int, int]:
    """`03:423D` -> (0x03, 0x423D)."""
    bank, address = text.split(":")
    return int(bank, 16), int(address, 16)


def load(path: Path = LAYOUT) -> Layout:
    """Read and check a layout file."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    spans = {
        part: {name: (int(address, 16), int(size)) for name, (address, size) in raw[part].items()}
        for part in ("wram", "hram", "private")
    }
    layout = Layout(
        spans["wram"], spans["hram"], spans["private"], {name: bank_address(at) for name, at in raw["rom"].items()}
    )
    check(layout)
    return layout


def check(layout: Layout) -> None:
    """Names may nest (fields, unions) but never overlap in part; private areas touch nothing; all lie in RAM."""
    for part, window in ((layout.wram, WRAM), (layout.hram, HRAM), (layout.private, WRAM)):
        for name, (start, size) in part.items():
            if size < 1 or start not in window or start + size - 1 not in window:
                raise LayoutError(f"{name} at {start:04X} does not fit into {window.start:04X}-{window.stop - 1:04X}")
    for part in (layout.wram, layout.hram):
        _refuse_partial_overlap(part)
    for name, (start, size) in layout.private.items():
        for other, (begin, length) in [*layout.wram.items(), *layout.private.items()]:
            if other != name and start < begin + length and begin < start + size:
                raise LayoutError(f"private area {name} overlaps {other} at {max(start, begin):04X}")
    for name, (bank, address) in layout.rom.items():
        low, high = (0x0000, 0x4000) if bank == 0 else (0x4000, 0x8000)
        if bank >= BANKS or not low <= address < high:
            raise LayoutError(f"{name} at {bank:02X}:{address:04X} is outside its bank")


def _refuse_partial_overlap(part: dict[str, tuple[int, int]]) -> None:
    enclosing: list[tuple[int, str]] = []
    for name, (start, size) in sorted(part.items(), key=lambda item: (item[1][0], -item[1][1])):
        while enclosing and enclosing[-1][0] <= start:
            enclosing.pop()
        if enclosing and start + size > enclosing[-1][0]:
            raise LayoutError(f"{name} at {start:04X} overlaps the end of {enclosing[-1][1]}")
        enclosing.append((start + size, name))


def render_header(layout: Layout) -> str:
    """ram.h: one byte is a scalar, more bytes an array; single HRAM bytes are special function registers.

    Their full address matters: SDCC 4.2 also reads them through a 16-bit pointer, where B3 would be a ROM byte.
    """
    lines = ["/* generated from layout.json */", "#ifndef RAM_H", "#define RAM_H"]
    lines += [f"extern volatile uint8_t {name}{_brackets(size)};" for name, (_, size) in layout.wram.items()]
    for name, (address, size) in layout.hram.items():
        lines.append(
            f"__sfr __at(0x{address:04X}) {name};" if size == 1 else f"extern volatile uint8_t {name}[{size}];"
        )
    for name, (bank, address) in layout.rom.items():
        lines.append(f"#define {name} ((const uint8_t *)0x{address:04X})")
        lines.append(f"#define BANK_{name} 0x{bank:02X}")
    return "\n".join([*lines, "#endif", ""])


def _brackets(size: int) -> str:
    return "" if size == 1 else f"[{size}]"


def render_equates(layout: Layout) -> str:
    """ram.s: global symbols for the C names."""
    lines = ["\t.module ram"]
    lines += [f"_{name} == 0x{address:04X}" for name, (address, _) in layout.wram.items()]
    lines += [f"_{name} == 0x{address:04X}" for name, (address, size) in layout.hram.items() if size > 1]
    return "\n".join([*lines, ""])


def render_registers(layout: Layout) -> str:
    """regs.inc: HRAM names as low bytes for `ldh`."""
    return "".join(f"{name} = 0x{address & 0xFF:02X}\n" for name, (address, _) in layout.hram.items())


def render_symbols(layout: Layout) -> str:
    """agent_core/gen1/symbols.py: the same names for the player."""
    lines = [
        '"""RAM addresses and ROM tables (bank, address) of the interface, generated from cartridge/layout.json.',
        "",
        "Names as in the public symbol file of the game (gen1 sections 1 and 2).",
        '"""',
        "",
        "# ruff: noqa: N816",
        "from typing import Final",
        "",
    ]
    lines += [
        f"{name}: Final = 0x{address:04X}" for part in (layout.wram, layout.hram) for name, (address, _) in part.items()
    ]
    lines += ["", *[f"{name}: Final = (0x{bank:02X}, 0x{at:04X})" for name, (bank, at) in layout.rom.items()]]
    return "\n".join([*lines, ""])
