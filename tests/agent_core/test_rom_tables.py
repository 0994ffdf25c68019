"""Battle tables, read from a small ROM and from the practice cartridge."""

from __future__ import annotations

import pytest

from agent_core.cartridge import open_cartridge
from agent_core.gen1 import symbols as sym
from agent_core.gen1.rom import RomReader, WildTable, read_tables
from tests.agent_core.small_world import LEAFY, ROCKY, ROUTE, SLASH, TACKLE, Image, small_rom, word

TABLES = read_tables(small_rom())


def test_moves_have_their_figures_and_names() -> None:
    tackle = TABLES.moves[TACKLE]
    assert (tackle.name, tackle.power, tackle.type, tackle.accuracy, tackle.pp) == ("MOVE33", 35, 0, 242, 35)
    assert TABLES.moves[SLASH].high_critical
    assert not tackle.high_critical


def test_species_go_by_their_internal_id() -> None:
    rocky = TABLES.species[ROCKY]
    assert (rocky.name, rocky.dex, rocky.hp, rocky.speed, rocky.types) == ("MON1", 1, 45, 60, (5, 5))
    assert set(TABLES.species) == {ROCKY, LEAFY}


def test_a_target_of_one_type_is_multiplied_once() -> None:
    assert TABLES.multipliers(0x00, (0x05, 0x05)) == (5,)
    assert TABLES.multipliers(0x14, (0x16, 0x03)) == (20,)
    assert TABLES.multipliers(0x14, (0x00, 0x00)) == ()


def test_wild_slots_belong_to_their_map() -> None:
    assert TABLES.wild == {ROUTE: WildTable(25, ((3, LEAFY),) * 10)}


def test_items_and_trainers_are_numbered_from_one() -> None:
    assert TABLES.items[20] == "ITEM20"
    assert TABLES.trainers[25] == "FOE25"


def test_a_base_stats_row_of_another_species_is_left_out() -> None:
    image = Image()
    image.data[:] = small_rom()
    image.put(sym.PokedexOrder, bytes([2, 5]))
    assert set(read_tables(bytes(image.data)).species) == {1}


def test_a_wild_pointer_outside_its_bank_is_left_out() -> None:
    image = Image()
    image.data[:] = small_rom()
    image.put((3, sym.WildDataPointers[1] + 2 * ROUTE), word(0x1234))
    assert read_tables(bytes(image.data)).wild == {}


def test_reading_outside_the_image_gives_zeros() -> None:
    rom = RomReader(b"\x01\x02")
    assert rom.read(0, 0, 4) == b"\x01\x02\0\0"
    assert rom.byte(5, 0x4000) == 0
    assert rom.until(0, 0, end=0x99, limit=2) == b"\x01\x02"


def test_the_practice_cartridge_has_the_whole_type_chart() -> None:
    tables = read_tables(open_cartridge(None).rom)
    assert len(tables.effectiveness) == 82
    assert tables.multipliers(0x15, (0x14, 0x14)) == (20,)
    assert len(tables.moves) == 165


@pytest.mark.parametrize("species", [0x99, 0xB0, 0xB1])
def test_the_practice_cartridge_has_the_three_starters(species: int) -> None:
    tables = read_tables(open_cartridge(None).rom)
    assert tables.species[species].name
