"""One piece of generated assembly and where it has to lie in the ROM."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A named block of sdasgb text for one ROM bank.

    `address` is the CPU address (0x0000-0x7FFF) a fixed table must have; None lets the linker place the block
    in the data area of `bank`. Labels are the section's own; `label::` makes one global.
    """

    name: str
    bank: int
    address: int | None
    asm: str
