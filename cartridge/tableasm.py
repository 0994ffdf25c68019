"""The vocabulary of table assembly: places from layout.json and rows of bytes and words."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from cartridge.section import Section

HERE: Final = Path(__file__).parent


@cache
def rom_places() -> dict[str, str]:
    """Table name -> ``bank:address`` of layout.json."""
    places: dict[str, str] = json.loads((HERE / "layout.json").read_text(encoding="utf-8"))["rom"]
    return places


def load(name: str) -> Any:
    """The JSON figures of data/<name>.json."""
    return json.loads((HERE / "data" / f"{name}.json").read_text(encoding="utf-8"))


def place(text: str) -> tuple[int, int]:
    """``"03:47BE"`` -> (bank, address)."""
    bank, address = text.split(":")
    return int(bank, 16), int(address, 16)


def db(data: Iterable[int]) -> str:
    """Bytes as ``.db`` lines of sixteen."""
    row = list(data)
    parts = [row[start : start + 16] for start in range(0, len(row), 16)]
    return "".join("\t.db " + ", ".join(f"0x{byte & 0xFF:02X}" for byte in part) + "\n" for part in parts)


def dw(words: Iterable[int | str]) -> str:
    """Little-endian words, numbers or labels, as ``.dw`` lines of eight."""
    row = [word if isinstance(word, str) else f"0x{word:04X}" for word in words]
    parts = [row[start : start + 8] for start in range(0, len(row), 8)]
    return "".join("\t.dw " + ", ".join(part) + "\n" for part in parts)


def fixed(name: str, asm: str) -> Section:
    """A table with its label at the place that layout.json gives it."""
    bank, address = place(rom_places()[name])
    return Section(name, bank, address, f"{name}::\n{asm}")


def bcd(value: int, size: int) -> list[int]:
    """Packed decimal, most significant byte first."""
    return list(bytes.fromhex(f"{value:0{2 * size}d}"))
