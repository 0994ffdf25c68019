"""Tables of the inserted ROM that battles need: moves, species, types, wild slots (gen1 2.3, 2.4, 2.6)."""

from __future__ import annotations

import msgspec

from agent_core.gen1 import symbols as sym
from agent_core.gen1.text import TERMINATOR, decode

BANK_SIZE = 0x4000
SPECIES_COUNT = 190
MOVE_COUNT = 165
ITEM_COUNT = 97
TRAINER_CLASSES = 47
SLOT_COUNT = 10
WILD_BANK = 3
MEW_DEX = 151


class RomReader:
    """Bytes of a ROM image by bank and address; reading outside the image gives zeros, never an exception."""

    __slots__ = ("image",)

    def __init__(self, image: bytes) -> None:
        self.image = image

    def offset(self, bank: int, address: int) -> int:
        return address if address < BANK_SIZE else bank * BANK_SIZE + (address - BANK_SIZE)

    def read(self, bank: int, address: int, length: int) -> bytes:
        start = self.offset(bank, address)
        return self.image[start : start + length].ljust(length, b"\0")

    def byte(self, bank: int, address: int) -> int:
        start = self.offset(bank, address)
        return self.image[start] if 0 <= start < len(self.image) else 0

    def word(self, bank: int, address: int) -> int:
        return int.from_bytes(self.read(bank, address, 2), "little")

    def until(self, bank: int, address: int, end: int = 0xFF, limit: int = 256) -> bytes:
        """Bytes up to (without) the terminator `end`."""
        data = self.read(bank, address, limit)
        stop = data.find(end)
        return data if stop < 0 else data[:stop]


class Move(msgspec.Struct, frozen=True):
    """One row of the move table; accuracy is the byte 0-255 (gen1 2.4)."""

    id: int
    name: str
    effect: int
    power: int
    type: int
    accuracy: int
    pp: int
    high_critical: bool


class Species(msgspec.Struct, frozen=True):
    """One species by its internal id (gen1 2.4)."""

    id: int
    name: str
    dex: int
    hp: int
    attack: int
    defense: int
    speed: int
    special: int
    types: tuple[int, int]
    catch_rate: int
    base_experience: int
    growth_rate: int


class WildTable(msgspec.Struct, frozen=True):
    """Grass encounters of a map: rate of 256 per step and (level, species) of each slot (gen1 2.3)."""

    rate: int
    slots: tuple[tuple[int, int], ...]


class Tables(msgspec.Struct, frozen=True):
    """Every battle table of one ROM, read once."""

    moves: dict[int, Move]
    species: dict[int, Species]
    effectiveness: dict[tuple[int, int], int]
    wild: dict[int, WildTable]
    items: dict[int, str]
    trainers: dict[int, str]

    def multipliers(self, attack: int, defender: tuple[int, int]) -> tuple[int, ...]:
        """Type factors (x10) of a move of type `attack`, one for each distinct type of the target (gen1 5.3)."""
        kinds = defender if defender[0] != defender[1] else defender[:1]
        return tuple(factor for kind in kinds if (factor := self.effectiveness.get((attack, kind))) is not None)


def read_tables(image: bytes) -> Tables:
    """All tables of a ROM image."""
    rom = RomReader(image)
    return Tables(
        moves=_moves(rom),
        species=_species(rom),
        effectiveness=_effectiveness(rom),
        wild=_wild(rom),
        items=dict(enumerate(_names(rom, sym.ItemNames, ITEM_COUNT), start=1)),
        trainers=dict(enumerate(_names(rom, sym.TrainerNames, TRAINER_CLASSES), start=1)),
    )


def _names(rom: RomReader, table: tuple[int, int], count: int) -> list[str]:
    """`count` names of a list whose entries end with a terminator."""
    bank, address = table
    data = rom.read(bank, address, count * 16)
    parts = data.split(bytes([TERMINATOR]))
    return [decode(part) for part in parts[:count]]


def _moves(rom: RomReader) -> dict[int, Move]:
    bank, address = sym.Moves
    high = rom.until(*sym.HighCriticalMoves, limit=16)
    names = _names(rom, sym.MoveNames, MOVE_COUNT)
    names += [""] * (MOVE_COUNT - len(names))
    moves = {}
    for index in range(MOVE_COUNT):
        _, effect, power, kind, accuracy, pp = rom.read(bank, address + 6 * index, 6)
        moves[index + 1] = Move(index + 1, names[index], effect, power, kind, accuracy, pp, index + 1 in high)
    return moves


def _species(rom: RomReader) -> dict[int, Species]:
    found = {}
    for index in range(1, SPECIES_COUNT + 1):
        dex = rom.byte(sym.PokedexOrder[0], sym.PokedexOrder[1] + index - 1)
        if not 1 <= dex <= MEW_DEX:
            continue
        bank, address = sym.MewBaseStats if dex == MEW_DEX else (sym.BaseStats[0], sym.BaseStats[1] + 28 * (dex - 1))
        row = rom.read(bank, address, 28)
        if row[0] != dex:
            continue
        name = decode(rom.read(sym.MonsterNames[0], sym.MonsterNames[1] + 10 * (index - 1), 10))
        found[index] = Species(
            index, name, dex, row[1], row[2], row[3], row[4], row[5], (row[6], row[7]), row[8], row[9], row[19]
        )
    return found


def _effectiveness(rom: RomReader) -> dict[tuple[int, int], int]:
    data = rom.until(*sym.TypeEffects, limit=3 * 128)
    rows = zip(data[::3], data[1::3], data[2::3], strict=False)
    return {(attack, target): factor for attack, target, factor in rows}


def _wild(rom: RomReader) -> dict[int, WildTable]:
    tables = {}
    for map_id in range(248):
        pointer = rom.word(WILD_BANK, sym.WildDataPointers[1] + 2 * map_id)
        if not BANK_SIZE <= pointer < 2 * BANK_SIZE:
            continue
        rate = rom.byte(WILD_BANK, pointer)
        if rate:
            data = rom.read(WILD_BANK, pointer + 1, 2 * SLOT_COUNT)
            tables[map_id] = WildTable(rate, tuple(zip(data[::2], data[1::2], strict=True)))
    return tables
