"""Bodies: where the objects of the current map stand now, from the sprite tables (gen1 1.3)."""

from __future__ import annotations

import msgspec

from agent_core.gen1 import symbols as sym
from agent_core.gen1.maps import OBJECT_OFFSET, STAY
from agent_core.gen1.state import Memory

SLOT_BYTES = 16
SLOT_LIMIT = 15
NOT_SHOWN = 0xFF
NEAR = 5
"""Cells: a wandering body further away will have moved on before one gets there."""


class Body(msgspec.Struct, frozen=True):
    """One object of the current map as it is now."""

    slot: int
    x: int
    y: int
    walks: bool
    hidden: bool
    shown: bool


def read_bodies(memory: Memory) -> tuple[Body, ...]:
    """All bodies of the current map; hidden ones are those whose toggle is set."""
    count = min(memory.byte(sym.wNumSprites), SLOT_LIMIT)
    if not count:
        return ()
    pictures = memory.read(sym.wSpriteStateData1 + SLOT_BYTES, SLOT_BYTES * count)
    places = memory.read(sym.wSpriteStateData2 + SLOT_BYTES, SLOT_BYTES * count)
    hidden = hidden_slots(memory)
    return tuple(
        Body(
            slot,
            places[base + 5] - OBJECT_OFFSET,
            places[base + 4] - OBJECT_OFFSET,
            places[base + 6] != STAY,
            slot in hidden,
            pictures[base + 2] != NOT_SHOWN,
        )
        for slot in range(1, count + 1)
        if pictures[base := SLOT_BYTES * (slot - 1)]
    )


def hidden_slots(memory: Memory) -> frozenset[int]:
    """Slots of the current map whose toggle flag is set (gen1 1.3: set means hidden)."""
    pairs = memory.read(sym.wToggleableObjectList, 34)
    hidden = set()
    for place in range(0, 32, 2):
        slot, index = pairs[place], pairs[place + 1]
        if slot == 0xFF:
            break
        if memory.byte(sym.wToggleableObjectFlags + (index >> 3)) >> (index & 7) & 1:
            hidden.add(slot)
    return frozenset(hidden)


def in_the_way(bodies: tuple[Body, ...], x: int, y: int) -> list[tuple[int, int]]:
    """Cells to walk around from (x, y): every standing body, and wandering ones that are near."""
    return [
        (body.x, body.y)
        for body in bodies
        if not body.hidden and (not body.walks or abs(body.x - x) + abs(body.y - y) <= NEAR)
    ]
