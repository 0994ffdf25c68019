"""A 32 KiB cartridge of a few bytes for tests of everything around the game: it counts, and it scrolls.

Every VBlank it reads the joypad (mask as gen1 0.1) and updates, from C000 on: frame counter (2 bytes), buttons held,
number of presses, x (RIGHT adds 1 a frame, LEFT takes 1), noise fed by DIV and the buttons; C100-C1FF keep the noise
of the last 256 frames. The background scrolls with x.
"""

from __future__ import annotations

FRAME, HELD, PRESSES, X, NOISE = 0xC000, 0xC002, 0xC003, 0xC004, 0xC005

START = bytes.fromhex(
    "F3 31FEFF"  # di; ld sp, FFFE
    "AF EA00C0 EA01C0 EA02C0 EA03C0 EA04C0 EA05C0"  # clear the counters
    "210080 0610 3EC3 22 05 20FC"  # tile 0: stripes
    "3E01 E0FF AF E00F 3E91 E040 FB"  # VBlank interrupt, LCD on, ei
    "76 00 18FC"  # halt; nop; jr halt
)
VBLANK = bytes.fromhex(
    "F5 C5 D5 E5"
    "3E20 E000 F000 F000 2F E60F CB37 47"  # directions into b, high nibble
    "3E10 E000 F000 F000 2F E60F B0 47"  # buttons into b, low nibble
    "3E30 E000"
    "2100C0 34 2002 23 34"  # frame counter
    "2102C0 7E 2F A0 4F 70"  # c: buttons newly pressed
    "2103C0 79 B7 2801 34"  # presses
    "2105C0 F004 86 07 A8 77"  # noise = rotate(noise + DIV) ^ buttons
    "2104C0 CB60 2801 34 CB68 2801 35 7E E043"  # x, also SCX
    "16C1 FA00C0 5F FA05C0 12"  # noise of the last 256 frames
    "E1 D1 C1 F1 D9"
)


def tiny_rom(title: str = "TINY") -> bytes:
    """The image: no banks, no logo, a right header checksum."""
    rom = bytearray(0x8000)
    rom[0x40:0x43] = bytes.fromhex("C30002")
    rom[0x100:0x104] = bytes.fromhex("00C35001")
    rom[0x134 : 0x134 + len(title)] = title.encode()
    rom[0x150 : 0x150 + len(START)] = START
    rom[0x200 : 0x200 + len(VBLANK)] = VBLANK
    rom[0x14D] = -sum(byte + 1 for byte in rom[0x134:0x14D]) & 0xFF
    return bytes(rom)
