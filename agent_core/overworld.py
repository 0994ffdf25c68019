"""One turn outside battle and text: where the objective is, and the next step, turn or press towards it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from agent_core.gen1 import symbols as sym
from agent_core.gen1.maps import LEFT, RIGHT
from agent_core.gen1.state import GameState, Memory, StateReader
from agent_core.genome import Genome
from agent_core.mind import Mind
from agent_core.quest.errands import healing_spots, needs_healing, worth_the_way
from agent_core.quest.objectives import Objective
from agent_core.strategy.base import Option, Question, Strategy
from agent_core.ui import SCENE_LIMIT, TEXT_LIMIT, TEXT_STILL, Pad
from agent_core.world.graph import Cell, Edge, World
from agent_core.world.live import Body, in_the_way, read_bodies
from agent_core.world.routing import Leg, Obstacles, Router, facing_spots
from agent_core.world.walking import Walker

AXIS_MAP = 0
"""The map that the genome's axis preference is named after."""
FACING_WORDS = {0: "down", 4: "up", 8: "left", 12: "right"}
IDLE_FRAMES = 16
AREA_KINDS = ("go_to_map", "reach_row", "reach_cell")
"""Goals that are reached by standing there; the others end in a press."""


class Move(NamedTuple):
    """What a turn did, for its event."""

    action: str
    waypoint: str


class Aim(NamedTuple):
    """Cells to reach; with a facing where something is to be pressed there."""

    nodes: tuple[int, ...]
    facings: dict[Cell, int]
    text: str


class Navigator:
    """Walks and presses for one objective at a time."""

    def __init__(
        self,
        pad: Pad,
        reader: StateReader,
        memory: Memory,
        world: World,
        router: Router,
        genome: Genome,
        strategy: Strategy,
        mind: Callable[[], Mind],
    ) -> None:
        self._pad = pad
        self._memory = memory
        self._world = world
        self._router = router
        self._genome = genome
        self._strategy = strategy
        self._mind = mind
        self._walker = Walker(pad.console, reader)
        self._healing = healing_spots(world)
        self._areas: dict[tuple[str, int, int, int], tuple[int, ...]] = {}

    def prepare(self, objectives: list[Objective]) -> None:
        """Compute the distance fields of every goal before the first turn needs them."""
        for goal in (objective.goal for objective in objectives):
            if goal.map not in self._world.atlas.maps:
                continue
            if goal.kind in AREA_KINDS:
                self._router.field(self._area(goal.kind, goal.map, goal.x, goal.y))
                continue
            objects = self._world.atlas.maps[goal.map].objects
            places = [(item.x, item.y) for item in objects if item.slot in goal.objects] or [(goal.x, goal.y)]
            for x, y in places:
                self._router.field(self._world.nodes(facing_spots(self._world, goal.map, x, y)))

    def turn(self, state: GameState, objective: Objective) -> Move:
        """One step, one turn of the head, one press or one short wait."""
        mind = self._mind()
        bodies = read_bodies(self._memory)
        aim = self._aim(state, objective, bodies, mind)
        facing = aim.facings.get(state.cell)
        if facing is not None:
            return self._press(state, facing, aim, mind)
        leg = self._leg(state, aim, bodies, mind)
        if leg is None:
            return self._idle(aim, mind)
        outcome = self._walker.step(leg.edge.facing, leg.edge.kind)
        node = self._world.node(state.cell)
        if outcome == "refused" and node is not None:
            mind.refuse(node, leg.edge.facing)
        mind.moment = "ready"
        word = leg.edge.kind if leg.edge.kind != "walk" else FACING_WORDS[leg.edge.facing]
        return Move(word if outcome == "moved" or outcome == "warped" else f"{word}:{outcome}", aim.text)

    def _press(self, state: GameState, facing: int, aim: Aim, mind: Mind) -> Move:
        """At the place: face it, then press A; each is a turn of its own."""
        if state.facing != facing:
            self._walker.face(facing)
            return Move(f"face {FACING_WORDS[facing]}", aim.text)
        mind.moment = self._pad.advance(TEXT_STILL)
        return Move("interact", aim.text)

    def _idle(self, aim: Aim, mind: Mind) -> Move:
        """There is nothing to do but wait: the way is blocked, or one is there and the scene has not begun."""
        self._pad.console.hold(0)
        mind.refused = []
        self._pad.console.tick(IDLE_FRAMES)
        mind.moment = self._pad.settle(SCENE_LIMIT, TEXT_LIMIT)
        return Move("wait", aim.text)

    def _leg(self, state: GameState, aim: Aim, bodies: tuple[Body, ...], mind: Mind) -> Leg | None:
        cells = in_the_way(bodies, state.x, state.y)
        occupied = frozenset(self._world.nodes((state.map_id, x, y) for x, y in cells))
        obstacles = Obstacles(occupied, mind.refusals())
        return self._router.next_leg(state.cell, aim.nodes, obstacles, self._preference(state))

    def _preference(self, state: GameState) -> Callable[[Edge], int]:
        """Ties between equally good steps: the genome's axis on its map, elsewhere straight on."""
        if state.map_id == AXIS_MAP:
            sideways = self._genome.axis_preference_map_0 == "x"
            return lambda edge: (edge.facing in (LEFT, RIGHT)) != sideways
        return lambda edge: edge.facing != state.facing

    def _aim(self, state: GameState, objective: Objective, bodies: tuple[Body, ...], mind: Mind) -> Aim:
        goal = objective.goal
        if goal.kind in AREA_KINDS:
            aim = Aim(self._area(goal.kind, goal.map, goal.x, goal.y), {}, objective.id)
        elif goal.kind == "talk_to_object":
            slot = self._object(objective, mind)
            spots = facing_spots(self._world, goal.map, *self._body_place(goal.map, slot, state, bodies))
            aim = Aim(self._world.nodes(spots), spots, f"{objective.id}:{slot}")
        else:
            spots = facing_spots(self._world, goal.map, goal.x, goal.y)
            aim = Aim(self._world.nodes(spots), spots, objective.id)
        return self._healing_first(state, aim, mind)

    def _healing_first(self, state: GameState, aim: Aim, mind: Mind) -> Aim:
        """The errand goes first while the party is low and a Pokecenter is on the way."""
        low = needs_healing(state, self._genome)
        if low and not mind.errand:
            mind.errand = worth_the_way(self._router, state, self._healing, aim.nodes)
        elif not low:
            mind.errand = False
        return Aim(self._world.nodes(self._healing), self._healing, "heal") if mind.errand else aim

    def _area(self, kind: str, map_id: int, x: int, y: int) -> tuple[int, ...]:
        """Nodes of a whole map, of one row or of one cell."""
        key = (kind, map_id, x, y)
        if key not in self._areas:
            cells = self._world.standable(map_id) if map_id in self._world.atlas.maps else ()
            self._areas[key] = self._world.nodes(
                (map_id, column, row)
                for column, row in cells
                if kind == "go_to_map" or (row == y and (kind == "reach_row" or column == x))
            )
        return self._areas[key]

    def _object(self, objective: Objective, mind: Mind) -> int:
        """The object to talk to; among several the strategy chooses once."""
        objects = objective.goal.objects
        if len(objects) == 1:
            return objects[0]
        if objective.id not in mind.wanted:
            options = tuple(
                Option(f"object:{slot}", f"object {slot}", float(-place)) for place, slot in enumerate(objects)
            )
            question = Question(kind="starter", options=options, summary=objective.spec.description)
            mind.wanted[objective.id] = int(self._strategy.choose(question).partition(":")[2])
        return mind.wanted[objective.id]

    def _body_place(self, map_id: int, slot: int, state: GameState, bodies: tuple[Body, ...]) -> tuple[int, int]:
        """Where an object is: as seen on the current map, else as the ROM has it."""
        if state.map_id == map_id and self._memory.byte(sym.wNumSprites):
            for body in bodies:
                if body.slot == slot:
                    return (body.x, body.y)
        item = self._world.atlas.maps[map_id].objects[slot - 1]
        return (item.x, item.y)
