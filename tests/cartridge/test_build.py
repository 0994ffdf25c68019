"""The build: same bytes every time, and refusals of everything that the linker would let pass."""

import json
from pathlib import Path

import pytest

from cartridge import build, image, ram_map, toolchain
from cartridge.image import Area, ImageError
from cartridge.ram_map import Layout, LayoutError
from cartridge.section import Section

ROOT = Path(__file__).parents[2]
needs_sdcc = pytest.mark.skipif(not toolchain.available(), reason="sdcc is not installed")


def layout(**parts: dict[str, tuple[int, int]]) -> Layout:
    """A layout with only the given parts."""
    return Layout(
        parts.get("wram", {}),
        parts.get("hram", {}),
        parts.get("private", {"_DATA": (0xC000, 256)}),
        parts.get("rom", {}),
    )


@pytest.fixture(scope="module")
def fresh_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder without any object of an earlier build."""
    return tmp_path_factory.mktemp("build")


@needs_sdcc
def test_a_rebuild_in_another_folder_is_bit_identical_to_the_shipped_image(fresh_folder: Path) -> None:
    rom, areas, _ = build.build(fresh_folder)
    assert rom == (ROOT / "agent_core" / "practice.gb").read_bytes()
    assert {area.bank for area in areas} >= {0x00, 0x30, 0x31, 0x32}


def test_the_python_symbols_are_those_of_the_layout() -> None:
    path = ROOT / "agent_core" / "gen1" / "symbols.py"
    assert path.read_text(encoding="utf-8") == ram_map.render_symbols(ram_map.load())


def test_names_may_nest_but_not_overlap_in_part() -> None:
    ram_map.check(layout(wram={"wWhole": (0xD000, 10), "wField": (0xD002, 2), "wUnion": (0xD000, 10)}))
    with pytest.raises(LayoutError, match="wSecond at D008 overlaps the end of wFirst"):
        ram_map.check(layout(wram={"wFirst": (0xD000, 10), "wSecond": (0xD008, 4)}))


def test_private_areas_touch_nothing() -> None:
    with pytest.raises(LayoutError, match="private area _DATA overlaps wName at C010"):
        ram_map.check(layout(wram={"wName": (0xC010, 4)}))


@pytest.mark.parametrize("place", [(0xBFFF, 1), (0xDFFF, 2), (0xD000, 0)])
def test_names_outside_the_ram_are_refused(place: tuple[int, int]) -> None:
    with pytest.raises(LayoutError, match="wName"):
        ram_map.check(layout(wram={"wName": place}))


@pytest.mark.parametrize("place", [(0x00, 0x4000), (0x01, 0x3FFF), (0x40, 0x4000)])
def test_tables_outside_their_bank_are_refused(place: tuple[int, int]) -> None:
    with pytest.raises(LayoutError, match="outside its bank"):
        ram_map.check(layout(rom={"Table": place}))


def test_a_layout_file_that_overlaps_is_refused(tmp_path: Path) -> None:
    raw = json.loads(ram_map.LAYOUT.read_text(encoding="utf-8"))
    raw["wram"]["wPlanted"] = ["D35D", 3]
    path = tmp_path / "layout.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(LayoutError, match="wPlanted"):
        ram_map.load(path)


def test_a_table_away_from_its_address_is_refused() -> None:
    rom = {"Moves": (0x0E, 0x4000)}
    build.check_sections([Section("Moves", 0x0E, 0x4000, "")], rom)
    with pytest.raises(ImageError, match="Moves must lie at 0E:4000"):
        build.check_sections([Section("Moves", 0x0E, 0x4010, "")], rom)


def test_two_sections_of_one_name_are_refused() -> None:
    with pytest.raises(ImageError, match="two sections are named Tiles"):
        build.check_sections([Section("Tiles", 1, None, ""), Section("Tiles", 2, None, "")], {})


def test_areas_that_overlap_are_refused() -> None:
    image.check_areas([Area("one", 5, 0x4000, 16), Area("two", 5, 0x4010, 16), Area("three", 6, 0x4008, 16)])
    with pytest.raises(ImageError, match="one overlaps two at 05:400F"):
        image.check_areas([Area("two", 5, 0x400F, 16), Area("one", 5, 0x4000, 16)])


@pytest.mark.parametrize("area", [Area("big", 5, 0x7FF0, 17), Area("low", 5, 0x3FFF, 1), Area("far", 64, 0x4000, 1)])
def test_areas_that_leave_their_bank_are_refused(area: Area) -> None:
    with pytest.raises(ImageError, match="leaves its bank"):
        image.check_areas([area])


def test_floating_data_goes_into_the_first_gap_that_is_large_enough() -> None:
    taken = [Area("a", 3, 0x4010, 0x10), Area("b", 3, 0x4030, 0x10)]
    placed = image.place({"wide": (3, 0x20), "small": (3, 0x10), "next": (3, 0x10)}, taken)
    assert placed == {"wide": (3, 0x4040), "small": (3, 0x4000), "next": (3, 0x4020)}


def test_floating_data_that_fits_nowhere_is_refused() -> None:
    with pytest.raises(ImageError, match="does not fit into bank 03"):
        image.place({"huge": (3, 0x4001)}, [])


def hex_record(address: int, data: bytes) -> str:
    """An Intel hex data record; the reader does not look at the checksum."""
    return f":{len(data):02X}{address:04X}00{data.hex().upper()}00"


def test_a_byte_that_is_written_twice_is_refused() -> None:
    rom = image.read_hex("\n".join([hex_record(0x4000, b"\x01\x02"), hex_record(0x4002, b"\x03"), ":00000001FF"]))
    assert rom[0x4000:0x4003] == b"\x01\x02\x03"
    with pytest.raises(ImageError, match="line 2 overwrites bank 01"):
        image.read_hex(hex_record(0x4000, b"\x01\x02") + "\n" + hex_record(0x4001, b"\x03"))


def test_writing_beyond_the_end_is_refused() -> None:
    with pytest.raises(ImageError, match="beyond the end"):
        image.read_hex(":020000040010EA\n" + hex_record(0x0000, b"\x01"))


@needs_sdcc
def test_a_planted_overlap_is_detected(fresh_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sections, headers = build.collect()
    planted = Section("Planted", 0x0E, 0x4005, "\t.db 1, 2, 3\n")
    monkeypatch.setattr(build, "collect", lambda: ([*sections, planted], headers))
    with pytest.raises(ImageError, match="_S_Moves overlaps _S_Planted"):
        build.build(fresh_folder)


def test_the_header_names_the_cartridge_and_its_hardware() -> None:
    rom = (ROOT / "agent_core" / "practice.gb").read_bytes()
    assert len(rom) == 1 << 20
    assert rom[0x134:0x144].rstrip(b"\0") == b"PRACTICE CART"
    assert (rom[0x147], rom[0x148], rom[0x149]) == (0x13, 5, 3)
    assert not any(rom[0x104:0x134])
    assert rom[0x14D] == -(sum(rom[0x134:0x14D]) + 25) & 0xFF
    assert rom[0x14E] << 8 | rom[0x14F] == (sum(rom) - rom[0x14E] - rom[0x14F]) & 0xFFFF


def test_a_16_bit_copy_through_the_flags_is_refused() -> None:
    good = "_sum::\n\tpush\thl\n\tcall\t_other\n\tpop\taf\n"
    toolchain.refuse_lossy_copies(good, "mon.c")
    with pytest.raises(toolchain.ToolError, match=r"mon\.c: the compiler loses bits in root"):
        toolchain.refuse_lossy_copies(good + "_root::\n\tld\tl, a\n\tpush\thl\n\tpop\taf\n", "mon.c")
