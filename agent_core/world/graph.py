"""The world as one graph: a node for every cell of every map of the ROM, typed edges with a cost in frames.

Edges: `walk` one cell, `ledge` a one-way hop over a cell, `warp` a step onto a door, stair or mat that carries on to
another map, `carpet` a press towards the edge while standing on a mat, `connection` a step onto a neighbour map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from agent_core.gen1.maps import DELTA, FACINGS, LAST_MAP, Atlas, GameMap, Warp
from agent_core.gen1.rom import WildTable
from agent_core.gen1.rules import FIRST_INDOOR_MAP, FOREST, OVERWORLD

STEP_FRAMES = 16
LEDGE_FRAMES = 40
WARP_FRAMES = 110
ENCOUNTER_FRAMES = 900
"""What one wild battle costs on average, when it is fled."""

WALK, LEDGE, WARP, CARPET, CONNECTION = "walk", "ledge", "warp", "carpet", "connection"

Cell = tuple[int, int, int]
"""(map id, x, y)."""


class Edge(NamedTuple):
    """One way to leave a node: hold `facing` until `target` is reached."""

    target: int
    cost: int
    facing: int
    kind: str


class World:
    """Nodes are whole numbers: the first node of the map + y * width + x."""

    def __init__(self, atlas: Atlas, wild: dict[int, WildTable]) -> None:
        self.atlas = atlas
        self._wild = wild
        self._first: dict[int, int] = {}
        self._maps: list[tuple[int, GameMap]] = []
        count = 0
        for map_id, game_map in atlas.maps.items():
            self._first[map_id] = count
            self._maps.append((count, game_map))
            count += game_map.width * game_map.height
        self.size = count
        self.edges: list[tuple[Edge, ...]] = [()] * count
        self.reverse: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        for first, game_map in self._maps:
            self._build(first, game_map)
        for node, edges in enumerate(self.edges):
            for edge in edges:
                self.reverse[edge.target].append((node, edge.cost))

    def node(self, cell: Cell) -> int | None:
        """The node of a cell, or None when the ROM has no such cell."""
        game_map = self.atlas.maps.get(cell[0])
        if game_map is None or not game_map.inside(cell[1], cell[2]):
            return None
        return self._first[cell[0]] + cell[2] * game_map.width + cell[1]

    def cell(self, node: int) -> Cell:
        low, high = 0, len(self._maps)
        while high - low > 1:
            middle = (low + high) // 2
            if self._maps[middle][0] <= node:
                low = middle
            else:
                high = middle
        first, game_map = self._maps[low]
        y, x = divmod(node - first, game_map.width)
        return (game_map.id, x, y)

    def standable(self, map_id: int) -> Iterator[tuple[int, int]]:
        """Cells of a map on which a foot may stand and stay."""
        game_map = self.atlas.maps[map_id]
        walkable = game_map.tileset.walkable
        for place, tile in enumerate(game_map.tiles):
            if tile in walkable:
                y, x = divmod(place, game_map.width)
                yield (x, y)

    def nodes(self, cells: Iterable[Cell]) -> tuple[int, ...]:
        """The nodes of those cells that exist, sorted."""
        return tuple(sorted({node for cell in cells if (node := self.node(cell)) is not None}))

    def destinations(self, game_map: GameMap, warp: Warp) -> list[Cell]:
        """Where a warp arrives. For "the map one came from": every map whose warp of that number leads back here."""
        if warp.target != LAST_MAP:
            found = self._arrive(self.atlas.maps.get(warp.target), warp.index)
            return [found] if found else []
        cells = []
        for other in self.atlas.maps.values():
            if warp.index < len(other.warps) and other.warps[warp.index].target == game_map.id:
                arrived = self._arrive(other, warp.index)
                if arrived:
                    cells.append(arrived)
        return cells

    def _arrive(self, other: GameMap | None, index: int) -> Cell | None:
        if other is None or index >= len(other.warps):
            return None
        warp = other.warps[index]
        if not other.inside(warp.x, warp.y):
            return None
        return (other.id, *self.atlas.arrival(other, warp.x, warp.y))

    def _build(self, first: int, game_map: GameMap) -> None:
        width, tiles, walkable = game_map.width, game_map.tiles, game_map.tileset.walkable
        warps = {(warp.x, warp.y): warp for warp in game_map.warps}
        for place, standing in enumerate(tiles):
            y, x = divmod(place, width)
            warp = warps.get((x, y))
            if standing not in walkable and warp is None:
                continue
            edges: list[Edge] = []
            for facing in FACINGS:
                dx, dy = DELTA[facing]
                ahead = (x + dx, y + dy)
                if warp is not None and self.atlas.leaves_by(game_map, x, y, facing):
                    edges += self._warp_edges(game_map, warp, facing, CARPET)
                elif game_map.inside(*ahead):
                    edges += self._inside_edges(first, game_map, standing, (x, y), facing, warps.get(ahead))
                else:
                    edges += self._connection_edges(game_map, ahead, facing)
            self.edges[first + place] = tuple(edges)

    def _inside_edges(
        self, first: int, game_map: GameMap, standing: int, cell: tuple[int, int], facing: int, warp: Warp | None
    ) -> list[Edge]:
        dx, dy = DELTA[facing]
        x, y = cell[0] + dx, cell[1] + dy
        front = game_map.tile(x, y)
        if game_map.tileset.id == OVERWORLD and (facing, standing, front) in self.atlas.ledges:
            if not game_map.inside(x + dx, y + dy):
                return []
            return [Edge(first + (y + dy) * game_map.width + x + dx, LEDGE_FRAMES, facing, LEDGE)]
        if front not in game_map.tileset.walkable or (standing, front) in game_map.tileset.pairs:
            return []
        if warp is not None and (
            self.atlas.warps_at_once(game_map, x, y) or self.atlas.leaves_by(game_map, x, y, facing)
        ):
            return self._warp_edges(game_map, warp, facing, WARP)
        return [Edge(first + y * game_map.width + x, STEP_FRAMES + self._danger(game_map, x, y), facing, WALK)]

    def _warp_edges(self, game_map: GameMap, warp: Warp, facing: int, kind: str) -> list[Edge]:
        nodes = self.nodes(self.destinations(game_map, warp))
        return [Edge(node, STEP_FRAMES + WARP_FRAMES, facing, kind) for node in nodes]

    def _connection_edges(self, game_map: GameMap, ahead: tuple[int, int], facing: int) -> list[Edge]:
        connection = next((item for item in game_map.connections if item.facing == facing), None)
        other = self.atlas.maps.get(connection.target) if connection else None
        if connection is None or other is None:
            return []
        dx, dy = DELTA[facing]
        x = ahead[0] + connection.x_align if dy else (0 if dx > 0 else other.width - 1)
        y = ahead[1] + connection.y_align if dx else (0 if dy > 0 else other.height - 1)
        if not other.inside(x, y) or not other.walkable(x, y):
            return []
        node = self._first[other.id] + y * other.width + x
        return [Edge(node, STEP_FRAMES + self._danger(other, x, y), facing, CONNECTION)]

    def _danger(self, game_map: GameMap, x: int, y: int) -> int:
        """Expected frames lost to wild battles by stepping on a cell (gen1 3.7)."""
        table = self._wild.get(game_map.id)
        if table is None:
            return 0
        anywhere = game_map.id >= FIRST_INDOOR_MAP and game_map.tileset.id != FOREST
        if not anywhere and not game_map.grass(x, y):
            return 0
        return table.rate * ENCOUNTER_FRAMES // 256
