"""Errands on the way: healing at a Pokecenter when the party is low (gen1 4.9)."""

from __future__ import annotations

from agent_core.gen1.maps import MapObject
from agent_core.gen1.state import GameState
from agent_core.genome import Genome
from agent_core.world.graph import Cell, World
from agent_core.world.routing import UNREACHABLE, Router, facing_spots

NURSE_SCRIPT = 0xFF
"""First byte of the text of an object that heals (gen1 2.12)."""


def nurses(world: World) -> list[tuple[int, MapObject]]:
    """Every object of the ROM that heals the party, with its map."""
    return [
        (map_id, item)
        for map_id, game_map in world.atlas.maps.items()
        for item in game_map.objects
        if item.script == NURSE_SCRIPT
    ]


def healing_spots(world: World) -> dict[Cell, int]:
    """Cells from which one talks to a nurse, with the facing."""
    spots: dict[Cell, int] = {}
    for map_id, item in nurses(world):
        spots |= facing_spots(world, map_id, item.x, item.y)
    return spots


def needs_healing(state: GameState, genome: Genome) -> bool:
    """The party's HP together are below the healing threshold."""
    most = sum(member.max_hp for member in state.party)
    return bool(most) and sum(member.hp for member in state.party) < genome.hp_heal_threshold * most


def worth_the_way(router: Router, state: GameState, spots: dict[Cell, int], objective: tuple[int, ...]) -> bool:
    """Heal only where that is no further than the objective itself; a blackout heals too and costs less."""
    healing = router.distance(state.cell, router.world.nodes(spots))
    return healing < UNREACHABLE and healing <= router.distance(state.cell, objective)
