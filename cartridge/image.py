"""Linker output -> checked ROM image; the linker itself notices neither overlaps nor full banks."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

BANKS: Final = 64
BANK_SIZE: Final = 0x4000
TITLE: Final = b"PRACTICE CART"
MBC3_RAM_BATTERY: Final = 0x13
RAM_32_KIB: Final = 0x03


class ImageError(ValueError):
    """Two things want the same byte or something does not fit; the message says which."""


@dataclass(frozen=True)
class Area:
    """A linker area with its base and size in bytes."""

    name: str
    bank: int
    address: int
    size: int


def window(bank: int) -> tuple[int, int]:
    """CPU addresses that belong to a ROM bank: first and one past the last."""
    return (0x0000, 0x4000) if bank == 0 else (0x4000, 0x8000)


def offset(bank: int, address: int) -> int:
    """File offset of bank:address."""
    return address if bank == 0 else bank * BANK_SIZE + address - BANK_SIZE


def place(sizes: dict[str, tuple[int, int]], taken: list[Area]) -> dict[str, tuple[int, int]]:
    """Floating areas (name -> bank, size) into the first gap of their bank; returns name -> (bank, address)."""
    occupied = list(taken)
    placed: dict[str, tuple[int, int]] = {}
    for name, (bank, size) in sizes.items():
        start, end = window(bank)
        for area in sorted((area for area in occupied if area.bank == bank), key=lambda area: area.address):
            if start + size <= area.address:
                break
            start = max(start, area.address + area.size)
        if start + size > end:
            raise ImageError(f"{name} ({size} bytes) does not fit into bank {bank:02X}")
        placed[name] = (bank, start)
        occupied.append(Area(name, bank, start, size))
    return placed


def check_areas(areas: list[Area]) -> None:
    """Every area stays inside its own bank and touches no other."""
    ordered = sorted((area for area in areas if area.size), key=lambda area: (area.bank, area.address))
    for area in ordered:
        low, high = window(area.bank)
        if area.bank >= BANKS or area.address < low or area.address + area.size > high:
            raise ImageError(f"{area.name} leaves its bank: {area.bank:02X}:{area.address:04X}+{area.size:X}")
    for one, two in pairwise(ordered):
        if one.bank == two.bank and one.address + one.size > two.address:
            raise ImageError(f"{one.name} overlaps {two.name} at {two.bank:02X}:{two.address:04X}")


def read_hex(text: str) -> bytearray:
    """Intel hex of sdldgb (addresses are file offsets) -> image; a byte written twice is refused."""
    rom = bytearray(b"\xff" * (BANKS * BANK_SIZE))
    rom[0x0100:0x0150] = bytes(0x50)
    written = bytearray(len(rom))
    high = 0
    for number, line in enumerate(text.split(), 1):
        record = bytes.fromhex(line[1:])
        count, address, kind = record[0], record[1] << 8 | record[2], record[3]
        if kind == 4:
            high = record[4] << 24 | record[5] << 16
        elif kind == 0:
            start = high + address
            if start + count > len(rom):
                raise ImageError(f"line {number} writes beyond the end of the ROM: {start:X}")
            if any(written[start : start + count]):
                raise ImageError(f"line {number} overwrites bank {start // BANK_SIZE:02X}, file offset {start:X}")
            written[start : start + count] = b"\x01" * count
            rom[start : start + count] = record[4 : 4 + count]
    return rom


def write_header(rom: bytearray) -> None:
    """Title, cartridge type, sizes and both checksums; the logo stays zero."""
    rom[0x134 : 0x134 + len(TITLE)] = TITLE
    rom[0x147], rom[0x148], rom[0x149], rom[0x14A] = MBC3_RAM_BATTERY, (BANKS // 2).bit_length() - 1, RAM_32_KIB, 1
    rom[0x14B] = 0x33
    check = 0
    for byte in rom[0x134:0x14D]:
        check = (check - byte - 1) & 0xFF
    rom[0x14D] = check
    total = sum(rom) - rom[0x14E] - rom[0x14F]
    rom[0x14E], rom[0x14F] = total >> 8 & 0xFF, total & 0xFF
