from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from agent_core import cartridge
from agent_core.cartridge import CartridgeError, open_cartridge
from tests.agent_core.tiny_rom import tiny_rom


def refusal(path: Path) -> str:
    with pytest.raises(CartridgeError) as error:
        open_cartridge(path)
    sentence = str(error.value)
    assert sentence.endswith(".")
    assert "--practice" in sentence
    return sentence


def test_no_path_means_the_packaged_practice_cartridge(tiny: Path) -> None:
    inserted = open_cartridge(None)
    assert (inserted.kind, inserted.title, inserted.path) == ("practice", "TINY", tiny)
    assert inserted.sha1 == hashlib.sha1(inserted.rom).hexdigest()


def test_a_file_with_the_practice_title_is_a_practice_cartridge(tiny: Path, tmp_path: Path) -> None:
    rom = bytearray(tiny_rom())
    rom[0x7000] = 1
    rebuilt = tmp_path / "rebuilt.gb"
    rebuilt.write_bytes(rom)
    inserted = open_cartridge(rebuilt)
    assert (inserted.kind, inserted.path) == ("practice", rebuilt)
    assert inserted.sha1 != open_cartridge(None).sha1


@pytest.mark.parametrize("kind", ["red", "blue"])
def test_a_known_sha1_is_supported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    rom = tiny_rom(f"POKEMON {kind.upper()}")
    path = tmp_path / "own.gb"
    path.write_bytes(rom)
    monkeypatch.setattr(cartridge, "SUPPORTED", {hashlib.sha1(rom).hexdigest(): kind})
    assert (open_cartridge(path).kind, open_cartridge(path).title) == (kind, f"POKEMON {kind.upper()}")


def test_another_version_of_the_series_is_called_unsupported(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "red.gb"
    path.write_bytes(tiny_rom("POKEMON RED"))
    assert "unsupported version" in refusal(path)


def test_another_game_is_called_by_its_title(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.gb"
    path.write_bytes(tiny_rom("OTHER GAME"))
    assert "another game (OTHER GAME)" in refusal(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "no ROM file" in refusal(tmp_path / "none.gb")


def test_a_folder_is_said_to_be_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_an_unreadable_file_gives_its_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert "cannot be read" in refusal(tmp_path / "file" / "rom.gb")


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.gb"
    path.write_bytes(b"")
    assert "is empty" in refusal(path)


@pytest.mark.parametrize("content", [b"hello", bytes(0x8000), b"\xff" * 0x8000])
def test_what_has_no_valid_header_is_no_game_boy_rom(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "text.gb"
    path.write_bytes(content)
    assert "not a Game Boy ROM" in refusal(path)


def test_a_short_file_is_said_to_be_truncated(tmp_path: Path) -> None:
    path = tmp_path / "short.gb"
    path.write_bytes(tiny_rom()[:0x4000])
    assert "truncated (16384 of 32768 bytes)" in refusal(path)


def test_a_file_longer_than_its_header_says_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.gb"
    path.write_bytes(tiny_rom() + bytes(0x4000))
    assert "size does not match" in refusal(path)


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.gb"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert "too large" in refusal(path)


def test_a_missing_practice_cartridge_is_said_to_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cartridge, "PRACTICE_PATH", tmp_path / "none.gb")
    cartridge.practice_cartridge.cache_clear()
    with pytest.raises(CartridgeError, match="practice cartridge is missing"):
        open_cartridge(None)
