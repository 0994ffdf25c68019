"""Which cartridge is inserted: the packaged practice cartridge or a file, recognised by its SHA-1 and header title."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

PRACTICE_PATH = Path(__file__).with_name("practice.gb")

SUPPORTED = {
    "ea9bcae617fdf159b045185467ae58b2e4a48b9a": "red",
    "d7037c83e1ae5b39bde3c30787637ba1d4c48ce2": "blue",
}
"""SHA-1 of the US cartridges whose RAM and ROM addresses the player knows."""

SERIES_TITLES = ("POKEMON RED", "POKEMON BLUE")
HEADER_LENGTH = 0x150
LARGEST_ROM = 8 << 20
OFFER = "run with --practice to play the practice cartridge"


class CartridgeError(Exception):
    """One sentence that says what is wrong with the cartridge and what to do."""


class Cartridge(msgspec.Struct, frozen=True, kw_only=True):
    """A cartridge that the player can play."""

    rom: bytes
    sha1: str
    title: str
    kind: Literal["practice", "red", "blue"]
    path: Path


def open_cartridge(path: Path | None) -> Cartridge:
    """The cartridge in file `path`, or the packaged practice cartridge for None; CartridgeError says what is wrong."""
    if path is None:
        return practice_cartridge()
    rom = _read(path)
    _check_header(rom, path)
    sha1, title = hashlib.sha1(rom).hexdigest(), header_title(rom)
    kind = SUPPORTED.get(sha1)
    if kind == "red":
        return Cartridge(rom=rom, sha1=sha1, title=title, kind="red", path=path)
    if kind == "blue":
        return Cartridge(rom=rom, sha1=sha1, title=title, kind="blue", path=path)
    if title in SERIES_TITLES:
        raise CartridgeError(
            f"{path} is {title} in an unsupported version (SHA-1 {sha1}); use the US version or {OFFER}."
        )
    if PRACTICE_PATH.is_file() and title == practice_cartridge().title:
        return Cartridge(rom=rom, sha1=sha1, title=title, kind="practice", path=path)
    raise CartridgeError(f"{path} is another game ({title or 'no title'}); use Pokemon Red (US) or {OFFER}.")


@cache
def practice_cartridge() -> Cartridge:
    """The practice cartridge that is packaged with the player."""
    if not PRACTICE_PATH.is_file():
        raise CartridgeError("The packaged practice cartridge is missing; install the package again.")
    rom = PRACTICE_PATH.read_bytes()
    return Cartridge(
        rom=rom, sha1=hashlib.sha1(rom).hexdigest(), title=header_title(rom), kind="practice", path=PRACTICE_PATH
    )


def header_title(rom: bytes) -> str:
    """The title in the ROM header (0134-0143, ASCII, zero padded)."""
    return rom[0x134:0x144].split(b"\0")[0].decode("ascii", "replace").strip()


def header_checksum(rom: bytes) -> int:
    """The checksum that header byte 014D must have, over 0134-014C."""
    return -sum(byte + 1 for byte in rom[0x134:0x14D]) & 0xFF


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise CartridgeError(f"{path} is a folder, not a ROM file; name the .gb file or {OFFER}.")
    try:
        if path.stat().st_size > LARGEST_ROM:
            raise CartridgeError(f"{path} is too large for a Game Boy ROM; name the .gb file or {OFFER}.")
        return path.read_bytes()
    except FileNotFoundError:
        raise CartridgeError(f"There is no ROM file {path}; name an existing file or {OFFER}.") from None
    except OSError as error:
        raise CartridgeError(f"The ROM file {path} cannot be read ({error.strerror}); fix that or {OFFER}.") from None


def _check_header(rom: bytes, path: Path) -> None:
    if not rom:
        raise CartridgeError(f"The ROM file {path} is empty; name a complete ROM or {OFFER}.")
    if len(rom) < HEADER_LENGTH or rom[0x14D] != header_checksum(rom):
        raise CartridgeError(f"{path} is not a Game Boy ROM (its header is not valid); name a .gb file or {OFFER}.")
    expected = 0x8000 << rom[0x148] if rom[0x148] <= 8 else 0
    if len(rom) < expected:
        raise CartridgeError(
            f"The ROM file {path} is truncated ({len(rom)} of {expected} bytes); copy it again or {OFFER}."
        )
    if len(rom) != expected:
        raise CartridgeError(
            f"{path} is not a Game Boy ROM (its size does not match its header); name a .gb file or {OFFER}."
        )
