"""The character map and the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.gen1.text import ARROW, ARROW_CELL, SCREEN_SIZE, Screen, bcd, decode, encode

BOX = {240: 0x79, 259: 0x7B, 340: 0x7D, 359: 0x7E}


def screen(**rows: str) -> Screen:
    """A blank screen with a message box and `rowN` texts at column 1."""
    tiles = bytearray([0x7F] * SCREEN_SIZE)
    for place, tile in BOX.items():
        tiles[place] = tile
    for name, text in rows.items():
        start = 20 * int(name.removeprefix("row")) + 1
        tiles[start : start + len(text)] = encode(text)[:-1]
    return Screen(bytes(tiles))


@given(st.text(alphabet="ABCXYZabcxyz0189 ,.!?-/", max_size=18))
def test_text_survives_the_way_into_the_game_and_back(text: str) -> None:
    assert decode(encode(text)) == text


@given(st.binary(max_size=64))
def test_any_bytes_decode_to_some_text(data: bytes) -> None:
    assert isinstance(decode(data), str)


@given(st.integers(min_value=0, max_value=999_999))
def test_packed_decimal_reads_as_its_digits(value: int) -> None:
    assert bcd(bytes.fromhex(f"{value:06d}")) == value


def test_names_are_padded_with_the_terminator() -> None:
    assert encode("RED", 6) == bytes([0x91, 0x84, 0x83, 0x50, 0x50, 0x50])


def test_a_character_that_the_game_lacks_is_named() -> None:
    with pytest.raises(ValueError, match="no character '@'"):
        encode("a@b")


def test_the_message_box_is_known_by_its_corners() -> None:
    assert screen().message_box
    assert not Screen(bytes(SCREEN_SIZE)).message_box


def test_the_message_is_the_two_lines_of_the_box() -> None:
    assert screen(row14="Hello", row16="there!").message == "Hello\nthere!"


def test_map_tiles_show_as_dots_and_letters_as_letters() -> None:
    tiles = bytearray([0x10] * SCREEN_SIZE)
    tiles[0] = 0x80
    assert Screen(bytes(tiles)).row(0) == "A" + "·" * 19
    assert Screen(bytes(tiles)).text().count("\n") == 17


def test_the_blinking_arrow_does_not_make_a_still_screen_move() -> None:
    dark = screen()
    lit = Screen(dark.tiles[:ARROW_CELL] + bytes([ARROW]) + dark.tiles[ARROW_CELL + 1 :])
    assert lit.still() == dark.still()
    assert lit.tiles != dark.tiles


def test_a_box_is_found_at_its_corner() -> None:
    assert screen().box_at(0, 12)
    assert not screen().box_at(1, 12)
