"""What the navigator does for each kind of goal, on the small world with a game that hardly answers."""

from __future__ import annotations

import msgspec

from agent_core.gen1 import symbols as sym
from agent_core.gen1.maps import DOWN, RIGHT, UP, read_atlas
from agent_core.gen1.rom import read_tables
from agent_core.gen1.state import GameState, PartyMember, StateReader
from agent_core.genome import Genome
from agent_core.mind import Mind
from agent_core.overworld import Navigator
from agent_core.quest.objectives import Goal, Objective, ObjectiveSpec
from agent_core.strategy.heuristic import Heuristic
from agent_core.ui import RIGHT as PAD_RIGHT
from agent_core.ui import UP as PAD_UP
from agent_core.ui import A, Pad
from agent_core.world.graph import World
from agent_core.world.routing import Router
from tests.agent_core.fake_console import FakeConsole
from tests.agent_core.small_world import ROOM, ROUTE, TOWN, small_rom

WORLD = World(read_atlas(small_rom()), read_tables(small_rom()).wild)


class Walk:
    """A navigator at a fake console."""

    def __init__(self, genome: Genome | None = None) -> None:
        self.console = FakeConsole()
        self.mind = Mind()
        self.reader = StateReader(self.console)
        self.router = Router(WORLD)
        self.navigator = Navigator(
            Pad(self.console, self.reader),
            self.reader,
            self.console,
            WORLD,
            self.router,
            genome or Genome(),
            Heuristic(),
            lambda: self.mind,
        )

    def at(self, map_id: int, x: int, y: int, **changes: object) -> GameState:
        self.console.put(sym.wCurMap, map_id)
        self.console.put(sym.wYCoord, y, x)
        return msgspec.structs.replace(self.reader.read(), **changes)

    def turn(self, state: GameState, **goal: object) -> tuple[str, str]:
        move = self.navigator.turn(state, aim(**goal))
        return move.action, move.waypoint


def aim(**goal: object) -> Objective:
    return Objective(ObjectiveSpec(id="aim", description="", goal=Goal(**goal), done={"any": []}))


def test_a_refused_step_is_told_and_avoided_for_some_turns() -> None:
    walk = Walk()
    state = walk.at(TOWN, 1, 1)
    assert walk.turn(state, kind="reach_cell", map=TOWN, x=6, y=1) == ("right:refused", "aim")
    assert walk.console.pressed == [PAD_RIGHT]
    second = walk.turn(state, kind="reach_cell", map=TOWN, x=6, y=1)
    assert second[0] == "down:refused"
    assert len(walk.mind.refusals()) == 2
    walk.mind.turns += 100
    assert walk.mind.refusals() == frozenset()


def test_the_axis_of_the_genome_breaks_ties_on_its_map() -> None:
    for axis, first in (("x", "right:refused"), ("y", "down:refused")):
        walk = Walk(Genome(axis_preference_map_0=axis))
        assert walk.turn(walk.at(TOWN, 1, 4), kind="reach_cell", map=TOWN, x=2, y=5)[0] == first


def test_elsewhere_a_tie_goes_straight_on() -> None:
    walk = Walk()
    state = walk.at(ROOM, 1, 2, facing=DOWN)
    assert walk.turn(state, kind="reach_cell", map=ROOM, x=3, y=4)[0] == "down:refused"


def test_a_row_or_a_whole_map_can_be_the_goal() -> None:
    walk = Walk()
    assert walk.turn(walk.at(ROUTE, 3, 3), kind="reach_row", map=ROUTE, y=4)[0] == "down:refused"
    assert walk.turn(walk.at(ROUTE, 3, 5), kind="go_to_map", map=TOWN)[0] == "connection:refused"
    assert walk.turn(walk.at(TOWN, 3, 1), kind="go_to_map", map=99)[0] == "wait"


def test_an_object_is_faced_and_then_spoken_to() -> None:
    walk = Walk()
    state = walk.at(TOWN, 5, 5, facing=RIGHT)
    assert walk.turn(state, kind="talk_to_object", map=TOWN, objects=[1]) == ("face up", "aim:1")
    assert walk.console.pressed == [PAD_UP]
    state = walk.at(TOWN, 5, 5, facing=UP)
    assert walk.turn(state, kind="talk_to_object", map=TOWN, objects=[1]) == ("interact", "aim:1")
    assert walk.console.pressed[-1] == A


def test_an_object_is_looked_for_where_its_body_is_now() -> None:
    walk = Walk()
    walk.console.put(sym.wNumSprites, 1)
    walk.console.put(sym.wSpriteStateData1 + 16, 1)
    walk.console.put(sym.wSpriteStateData2 + 16 + 4, 1 + 4, 3 + 4)
    state = walk.at(TOWN, 2, 1, facing=RIGHT)
    assert walk.turn(state, kind="talk_to_object", map=TOWN, objects=[1])[0] == "interact"
    assert walk.turn(state, kind="talk_to_object", map=TOWN, objects=[2])[1] == "aim:2"


def test_a_cell_is_examined_from_beside_it() -> None:
    walk = Walk()
    state = walk.at(TOWN, 1, 5, facing=DOWN)
    assert walk.turn(state, kind="interact", map=TOWN, x=1, y=6) == ("interact", "aim")


def test_the_strategy_chooses_among_several_objects_once() -> None:
    walk = Walk()
    state = walk.at(TOWN, 1, 1)
    assert walk.turn(state, kind="talk_to_object", map=TOWN, objects=[2, 1])[1] == "aim:2"
    assert walk.mind.wanted == {"aim": 2}


def test_a_low_party_heals_first_when_that_is_on_the_way() -> None:
    walk = Walk()
    hero = PartyMember(1, 2, 20, 5, 0, (0, 0), (33,), (35,), 0, 1, 1, 1, 1)
    low = walk.at(TOWN, 4, 6, party=(hero,))
    far = {"kind": "reach_cell", "map": ROUTE, "x": 6, "y": 1}
    assert walk.turn(low, **far)[1] == "heal"
    assert walk.mind.errand
    well = msgspec.structs.replace(low, party=(msgspec.structs.replace(hero, hp=20),))
    assert walk.turn(well, **far)[1] == "aim"
    assert not walk.mind.errand


def test_the_ways_to_every_goal_are_known_before_the_first_turn() -> None:
    walk = Walk()
    goals = (
        {"kind": "reach_row", "map": TOWN, "y": 1},
        {"kind": "talk_to_object", "map": TOWN, "objects": [1, 2]},
        {"kind": "interact", "map": TOWN, "x": 1, "y": 6},
        {"kind": "go_to_map", "map": 99},
    )
    walk.navigator.prepare([aim(**goal) for goal in goals])
    assert len(walk.router.fields) == 4
