"""Routes: one distance field for each goal over the whole world, and A* with that field around live obstacles.

The field is exact for the empty world, so A* looks at little more than the route itself.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import NamedTuple

from agent_core.gen1.maps import DELTA
from agent_core.world.graph import Cell, Edge, World

UNREACHABLE = 1 << 40
FIELD_LIMIT = 64
LOOK_AHEAD = 5
"""Steps that must be free before the shortest way of the empty world is followed without a search."""


class Leg(NamedTuple):
    """The next edge of a route and the cell where it ends."""

    edge: Edge
    arrives: Cell


class Obstacles(NamedTuple):
    """What the map does not say: nodes under a body, and (node, facing) steps that the game refused lately."""

    nodes: frozenset[int]
    refused: frozenset[tuple[int, int]]


NO_OBSTACLES = Obstacles(frozenset(), frozenset())


class Router:
    """Finds ways through one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.fields: dict[tuple[int, ...], list[int]] = {}
        """Known distance fields by their goals, oldest first."""

    def field(self, goals: tuple[int, ...]) -> list[int]:
        """Frames from every node to the nearest goal; UNREACHABLE where there is no way."""
        known = self.fields.get(goals)
        if known is not None:
            return known
        distance = [UNREACHABLE] * self.world.size
        queue: list[tuple[int, int]] = []
        for goal in goals:
            distance[goal] = 0
            queue.append((0, goal))
        reverse = self.world.reverse
        while queue:
            so_far, node = heapq.heappop(queue)
            if so_far > distance[node]:
                continue
            for origin, cost in reverse[node]:
                total = so_far + cost
                if total < distance[origin]:
                    distance[origin] = total
                    heapq.heappush(queue, (total, origin))
        if len(self.fields) >= FIELD_LIMIT:
            self.fields.pop(next(iter(self.fields)))
        self.fields[goals] = distance
        return distance

    def distance(self, start: Cell, goals: tuple[int, ...]) -> int:
        """Frames from `start` to the nearest goal in the empty world."""
        node = self.world.node(start)
        return UNREACHABLE if node is None or not goals else self.field(goals)[node]

    def next_leg(
        self,
        start: Cell,
        goals: tuple[int, ...],
        obstacles: Obstacles = NO_OBSTACLES,
        prefer: Callable[[Edge], int] = lambda edge: 0,
    ) -> Leg | None:
        """The first edge of the best way to a goal; None when there is none. `prefer` breaks ties, lowest first."""
        node = self.world.node(start)
        if node is None or not goals:
            return None
        distance = self.field(goals)
        if distance[node] in (0, UNREACHABLE):
            return None
        first, place = None, node
        for _ in range(LOOK_AHEAD):
            edge = self._downhill(place, distance, obstacles, prefer)
            if edge is None:
                route = self._search(node, distance, obstacles)
                return Leg(route[0], self.world.cell(route[0].target)) if route else None
            first = first or edge
            place = edge.target
            if distance[place] == 0:
                break
        assert first is not None
        return Leg(first, self.world.cell(first.target))

    def route(self, start: Cell, goals: tuple[int, ...], obstacles: Obstacles = NO_OBSTACLES) -> list[Leg]:
        """The whole best way; empty when there is none or one is there already."""
        node = self.world.node(start)
        if node is None or not goals:
            return []
        edges = self._search(node, self.field(goals), obstacles)
        return [Leg(edge, self.world.cell(edge.target)) for edge in edges]

    def _downhill(
        self, node: int, distance: list[int], obstacles: Obstacles, prefer: Callable[[Edge], int]
    ) -> Edge | None:
        """An edge on a shortest way that nothing blocks."""
        best: Edge | None = None
        here = distance[node]
        for edge in self.world.edges[node]:
            if edge.cost + distance[edge.target] != here or blocked(node, edge, obstacles):
                continue
            if best is None or prefer(edge) < prefer(best):
                best = edge
        return best

    def _search(self, start: int, distance: list[int], obstacles: Obstacles) -> list[Edge]:
        """A* with the exact field of the empty world as its estimate."""
        if distance[start] == UNREACHABLE:
            return []
        came: dict[int, tuple[int, Edge]] = {}
        spent = {start: 0}
        queue = [(distance[start], 0, start)]
        edges, (bodies, refused) = self.world.edges, obstacles
        while queue:
            _, _, node = heapq.heappop(queue)
            if distance[node] == 0:
                return _unwind(came, start, node)
            so_far = spent[node]
            for edge in edges[node]:
                target = edge.target
                total = so_far + edge.cost
                if total >= spent.get(target, UNREACHABLE) or target in bodies or distance[target] >= UNREACHABLE:
                    continue
                if not (refused and (node, edge.facing) in refused):  # `blocked`, cheapest test first: the inner loop
                    spent[target] = total
                    came[target] = (node, edge)
                    heapq.heappush(queue, (total + distance[target], -total, target))
        return []


def blocked(node: int, edge: Edge, obstacles: Obstacles) -> bool:
    """A body stands on the target, or the game refused this step lately."""
    return edge.target in obstacles.nodes or (node, edge.facing) in obstacles.refused


def facing_spots(world: World, map_id: int, x: int, y: int) -> dict[Cell, int]:
    """Cells from which one talks to (x, y), each with the facing; two cells away across a counter (gen1 3.11)."""
    game_map = world.atlas.maps[map_id]
    spots: dict[Cell, int] = {}
    for facing, (dx, dy) in DELTA.items():
        near = (x - dx, y - dy)
        if not game_map.inside(*near):
            continue
        if game_map.walkable(*near):
            spots[(map_id, *near)] = facing
        elif game_map.tile(*near) in game_map.tileset.counters:
            far = (near[0] - dx, near[1] - dy)
            if game_map.inside(*far) and game_map.walkable(*far):
                spots[(map_id, *far)] = facing
    return spots


def _unwind(came: dict[int, tuple[int, Edge]], start: int, goal: int) -> list[Edge]:
    edges: list[Edge] = []
    node = goal
    while node != start:
        node, edge = came[node]
        edges.append(edge)
    return edges[::-1]
