"""The compiler computes what the C text says, for the idioms that the cartridge uses and the flags of the build."""

import io
from pathlib import Path

import pytest
from pyboy import PyBoy

from cartridge import image, toolchain

HERE = Path(__file__).parent / "codegen"
DONE = 0x600D


def root(value: int) -> int:
    """The bounded square root of the stat formula, quartered."""
    found = 0
    while found < 255 and found * found < value:
        found += 1
    return found >> 2


def expected(a: int, b: int) -> list[int]:
    """What idioms.c has to store for one pair of bytes."""
    wide = a << 8 | b
    shifts = [a << 1 & 0xFF, a >> 3, (a << 4 | b & 0x0F) & 0xFF, wide, wide >> 4, a, (a << 4) + 0x8000]
    product = a * b
    sums = [a + b & 0xFF, a + b, a - b & 0xFF, a - 1 & 0xFF, b + 1 & 0xFF, (a - 4 & 0xFF) >> 1]
    sums += [product, product // 100, product % 100, product * 3 + 7 & 0xFFFF]
    choice = (1 if a < b else 2) | (4 if a == b else 0) | (8 if a & 0x80 and not b & 1 else 0)
    choice |= (16, 32, 48, 64)[a & 3]
    table = [a + index & 0xFF for index in range(16)]
    table[b & 15] = (table[b & 15] + 2 & 0xFF) | 0x40
    return [*shifts, *sums, choice, sum(table), table[b & 15], b << 4 & 0x30, root(a * 16)]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A cartridge that only runs the idioms."""
    if not toolchain.available():
        pytest.skip("sdcc is not installed")
    folder = tmp_path_factory.mktemp("codegen")
    objects = toolchain.compile_all([HERE / "start.s", HERE / "idioms.c"], folder / "objects", (HERE,))
    toolchain.link(objects, {"_CODE": 0x0200, "_DATA": 0xC800}, folder / "idioms.ihx")
    rom = image.read_hex((folder / "idioms.ihx").read_text(encoding="ascii"))
    image.write_header(rom)
    return bytes(rom)


@pytest.mark.parametrize(
    "pairs",
    [
        bytes([0, 0, 1, 2, 0x7F, 0x80, 0xA0, 0x5F]),
        bytes([0xFF, 0xFF, 0x80, 0x7F, 0x10, 0xF0, 0xC8, 0x64]),
        bytes([0x5A, 0xA5, 0x03, 0xFE, 0xFE, 0x03, 0x40, 0x41]),
    ],
)
def test_the_idioms_of_the_cartridge_are_compiled_right(program: bytes, pairs: bytes) -> None:
    pyboy = PyBoy(io.BytesIO(program), window="null", sound_emulated=False)
    pyboy.set_emulation_speed(0)
    for index, value in enumerate(pairs):
        pyboy.memory[0xD000 + index] = value
    pyboy.tick(300, False, False)
    wanted = [value for at in range(0, 8, 2) for value in expected(pairs[at], pairs[at + 1])]
    stored = bytes(pyboy.memory[0xC000 : 0xC000 + 2 * len(wanted) + 2])
    pyboy.stop(save=False)
    words = [int.from_bytes(stored[at : at + 2], "little") for at in range(0, len(stored), 2)]
    assert words == [*wanted, DONE]
