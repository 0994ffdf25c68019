"""The texts, letters and pictures of the practice cartridge, and what their compilers refuse."""

from pathlib import Path

import pytest

from cartridge import compile_gfx, compile_maps, compile_texts, mapfile, tableasm, tileart
from cartridge.charmap import encode
from cartridge.compile_texts import Text, TextError, compile_text
from cartridge.mapfile import Map, MapError, maps
from cartridge.tileart import Art, ArtError


def test_a_text_becomes_a_stream_of_literals_and_commands() -> None:
    assert compile_text("Hi {player}!\nHow's{done}").hex() == "0087a87f52e74f87aeb6bd575050"
    assert compile_text("{ram wPlayerName}") == b"\x00\x50\x01\x58\xd1\x50"
    assert compile_text("{num wCurEnemyLevel 1 3}\\n{bcd 0xD347 3}{pause}").hex() == "00500927d113004f500247d3c30a50"


def test_a_third_line_scrolls_and_controls_swallow_line_ends() -> None:
    assert compile_text("a\nb\nc") == bytes([0, 0xA0, 0x4F, 0xA1, 0x55, 0xA2, 0x50, 0x50])
    assert compile_text("a\n{para}b{prompt}") == bytes([0, 0xA0, 0x51, 0xA1, 0x58, 0x50, 0x50])


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("@A\nfine\nbad ~\nmore\n", r"f:3: character '~'"),
        ("@A\n{ram wNowhere}\n", r"f:2: 'wNowhere' is not a name"),
        ("@A\n{fly}\n", r"f:2: \{fly\} is not a text token"),
        ("@A\n" + "m" * 19, r"f:2: line is wider than 18"),
        ("@A\n@B\nx\n", r"f:1: text A is empty"),
        ("@a b\n", r"f:1: 'a b' is not a text name"),
        ("words\n", r"f:1: text before the first"),
    ],
)
def test_a_wrong_text_is_refused_with_file_and_line(source: str, message: str) -> None:
    with pytest.raises(TextError, match=message):
        compile_texts.parse(source, "f")


def test_comments_and_empty_lines_around_texts_are_dropped() -> None:
    found = compile_texts.parse("# note\n\n@A\n# inside\nhello\n\n# later\n@B\nyou\n", "f")
    assert [text.name for text in found] == ["A", "B"]
    assert found[0].stream == b"\x00" + encode("hello") + b"\x50\x50"


def test_a_text_name_may_exist_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("@A\nx\n")
    (tmp_path / "b.txt").write_text("@A\ny\n")
    monkeypatch.setattr(compile_texts, "TEXTS", tmp_path)
    with pytest.raises(TextError, match=r"texts/b\.txt: text A exists twice"):
        compile_texts.texts.__wrapped__()


def test_texts_spill_into_the_next_bank_and_then_are_refused() -> None:
    long = [Text(f"T{number}", bytes(0x3000)) for number in range(3)]
    assert compile_texts.pack(long[:2]) == {"T0": 0x38, "T1": 0x39}
    with pytest.raises(TextError, match="do not fit"):
        compile_texts.pack(long)


def test_text_numbers_are_defined_for_c(tmp_path: Path) -> None:
    written = compile_texts.write_header(tmp_path).read_text()
    assert f"#define TXT_COUNT {len(compile_texts.texts())}\n" in written
    assert written == compile_texts.header()


def test_map_texts_exist_and_unknown_ones_are_refused() -> None:
    town = maps()[0]
    assert compile_maps.texts_asm(town).count(".db 0x17") == 7
    assert "ViridianMartStock" in compile_maps.texts_asm(maps()[42])
    assert "\t.db 0xFF, 0x50" in compile_maps.texts_asm(maps()[41])
    lost = Map(id=9, things=[mapfile.Thing(0, 0, 1, 255, 255, "NOWHERE")])
    with pytest.raises(MapError, match="NOWHERE does not exist"):
        compile_maps.texts_asm(lost)


def test_a_cell_without_a_picture_is_refused() -> None:
    with pytest.raises(MapError, match="'@' is not drawn"):
        compile_maps.cell_tiles(0, "@")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("map x y\ngrid\n..\n..\n", r"f:1: "),
        ("; note\nfly 1\ngrid\n..\n..\n", r"f:2: 'fly 1' is not a map line"),
        ("object 1 1 1 run none T\ngrid\n..\n..\n", r"f:1: 'run'"),
        ("map 1 a\ngrid\n...\n...\n", "even number"),
        ("map 1 a\n", "even number"),
    ],
)
def test_a_wrong_map_file_is_refused(source: str, message: str) -> None:
    with pytest.raises(MapError, match=message):
        mapfile.parse(source, "f")


def test_every_cell_of_every_tileset_is_drawn() -> None:
    for name in set(tileart.FILES.values()):
        drawn = tileart.art(name)
        assert {tile for cell in drawn.cells.values() for tile in cell} <= drawn.tiles.keys()


def test_letters_of_the_character_map_are_drawn() -> None:
    codes = set(encode("ABCXYZabcxyz0189 ?!.,'-/():;éd's"))
    assert codes | set(range(0x79, 0x80)) | {0xED, 0xEE} <= tileart.art("font").tiles.keys()


def test_pixels_become_two_bit_planes() -> None:
    assert tileart.encode_tile((".-+#.-+#",) * 8) == bytes([0b01010101, 0b00110011] * 8)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("cell a 1 2 3 4 x\ncell a 1 2 3 4 x\n", "f:2: cell a exists twice"),
        ("art 1x1 05\n........\n", "f:1: picture is not 8x8"),
        ("art 2x1 05 05\n" + ("." * 16 + "\n") * 8, "f:1: tile 05 is drawn twice"),
        ("; note\nbrush\n", "f:2: expected"),
    ],
)
def test_a_wrong_picture_file_is_refused(source: str, message: str) -> None:
    with pytest.raises(ArtError, match=message):
        tileart.parse(source, "f")


def test_two_files_may_not_draw_the_same_tile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tile = "art 1x1 07\n" + "........\n" * 8
    (tmp_path / "wood.txt").write_text(tile)
    (tmp_path / "wood_more.txt").write_text(tile)
    monkeypatch.setattr(tileart, "GFX", tmp_path)
    with pytest.raises(ArtError, match=r"wood_more\.txt: tile 07"):
        tileart.art.__wrapped__("wood")


@pytest.mark.parametrize(
    ("source", "message"),
    [("sprite 1\n", "f:1: expected"), ("; note\npicture 1 1x1 dot\n....\n", "f:2: picture 1 is crooked")],
)
def test_a_wrong_sprite_is_refused(source: str, message: str) -> None:
    with pytest.raises(ArtError, match=message):
        compile_gfx.parse_pictures(source, "f", 2)


def test_a_picture_number_may_exist_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dot = "picture 1 1x1 dot\n" + "........\n" * 8
    (tmp_path / "dots.txt").write_text(dot + dot)
    monkeypatch.setattr(compile_gfx, "GFX", tmp_path)
    with pytest.raises(ArtError, match="picture 1 is drawn twice"):
        compile_gfx.pictures.__wrapped__("dots", 1)


def test_tiles_beyond_the_room_of_a_tileset_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compile_gfx, "art", lambda _: Art(tiles={0x60: compile_gfx.BLANK}))
    with pytest.raises(ArtError, match="tile 60 does not fit"):
        compile_gfx._tilesets()


def test_every_person_of_the_maps_has_a_picture() -> None:
    known = compile_gfx.pictures("sprites", 2)
    assert {thing.picture for made in maps().values() for thing in made.things} | {1} <= known.keys()
    assert all(len(known[number].tiles(2)) == 24 * 16 for number in known if number < compile_gfx.FIRST_STILL)


def test_every_species_has_a_front_and_a_back() -> None:
    known = compile_gfx.pictures("beasts", compile_gfx.BEAST_TILES)
    assert {row["dex"] for row in tableasm.load("species")} == known.keys()
    assert all(len(picture.tiles(compile_gfx.BEAST_TILES)) == 2 * 25 * 16 for picture in known.values())
