"""Plain stand-in pictures: a numbered block per glyph and a dot per sprite tile."""

from cartridge.section import Section


def _db(data: bytes) -> str:
    return "".join(f"\t.db {','.join(f'0x{byte:02X}' for byte in data[at:at + 16])}\n" for at in range(0, len(data), 16))


def sections() -> list[Section]:
    """Font, box and sprite table of the names the engine expects."""
    font = b"".join(bytes([0, 0, 0x3C, tile, 0x3C, tile, 0, 0] * 2) for tile in range(128))
    box = b"".join(bytes([0xFF, 0] * 8) if 0x19 <= tile <= 0x1E else bytes(16) for tile in range(32))
    table = "".join("\t.db 0x3A\n\t.dw TrialSprite\n\t.db 24\n" for _ in range(80))
    sprite = "TrialSprite::\n" + _db(bytes([0xFF, 0x81] * 8) * 24)
    return [
        Section("FontTiles", 0x3A, None, _db(font)),
        Section("BoxTiles", 0x3A, None, _db(box)),
        Section("SpriteTable", 0x3A, None, table),
        Section("TrialSprites", 0x3A, None, sprite),
    ]
