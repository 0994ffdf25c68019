"""One piece of the image: assembler text with its place in the cartridge."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """Assembler text of one ROM area; ``address`` None lets the linker place it anywhere in ``bank``."""

    name: str
    bank: int
    address: int | None
    asm: str
