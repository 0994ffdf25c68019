"""One step at a time on a game that can refuse, interrupt and warp."""

from __future__ import annotations

import pytest

from agent_core.gen1 import symbols as sym
from agent_core.gen1.maps import DOWN, LEFT, RIGHT, UP
from agent_core.gen1.state import StateReader
from agent_core.ui import DOWN as PAD_DOWN
from agent_core.ui import RIGHT as PAD_RIGHT
from agent_core.world.graph import CARPET, CONNECTION, LEDGE, WALK, WARP
from agent_core.world.walking import Walker
from tests.agent_core.fake_console import FakeConsole, idle


class Floor:
    """A floor on which every step takes 16 frames; `at_end` runs when a step is over."""

    def __init__(self, at_end: object = None) -> None:
        self.left = 0
        self.at_end = at_end

    def __call__(self, console: FakeConsole) -> None:
        if not self.left and console.held & 0xF0 and not console.byte(sym.wJoyIgnore):
            self.left = 16
        if self.left:
            self.left -= 1
            console.put(sym.wWalkCounter, (self.left + 1) // 2)
            if not self.left:
                console.put(sym.wXCoord, console.byte(sym.wXCoord) + 1)
                if callable(self.at_end):
                    self.at_end(console)


def walker(console: FakeConsole) -> Walker:
    return Walker(console, StateReader(console))


def test_a_step_takes_sixteen_frames_and_the_next_one_follows_at_once() -> None:
    console = FakeConsole(Floor())
    legs = walker(console)
    assert legs.step(RIGHT, WALK) == "moved"
    assert console.held == PAD_RIGHT
    assert legs.step(RIGHT, WALK) == "moved"
    assert console.frame == 32
    assert console.pressed == [PAD_RIGHT]


def test_a_wall_is_noticed_within_a_few_frames() -> None:
    console = FakeConsole(idle)
    assert walker(console).step(UP, WALK) == "refused"
    assert console.frame <= 12
    assert console.held == 0


@pytest.mark.parametrize("address", [sym.wIsInBattle, sym.wFontLoaded, sym.wJoyIgnore, sym.wCurOpponent])
def test_a_scene_that_begins_instead_of_the_step_interrupts_it(address: int) -> None:
    console = FakeConsole(lambda c: c.put(address, 1))
    assert walker(console).step(UP, WALK) == "interrupted"
    assert console.held == 0


def test_a_step_that_never_ends_counts_as_refused() -> None:
    console = FakeConsole(lambda c: c.put(sym.wWalkCounter, 1))
    assert walker(console).step(UP, WALK) == "refused"


def test_a_step_onto_the_neighbour_waits_for_its_coordinates() -> None:
    def game(console: FakeConsole) -> None:
        if console.frame == 5:
            console.put(sym.wXCoord, 0xFF)
        if console.frame == 9:
            console.put(sym.wCurMap, 12)

    console = FakeConsole(game)
    assert walker(console).step(LEFT, CONNECTION) == "moved"
    assert console.byte(sym.wCurMap) == 12


def test_a_neighbour_that_never_comes_is_not_waited_for_for_ever() -> None:
    console = FakeConsole(Floor())
    assert walker(console).step(LEFT, CONNECTION) == "moved"
    assert console.frame < 80


def test_a_door_is_gone_through_until_the_other_side_is_ready() -> None:
    def enter(console: FakeConsole) -> None:
        console.put(sym.wJoyIgnore, 0xFF)

    floor = Floor(enter)

    def game(console: FakeConsole) -> None:
        floor(console)
        if console.frame == 40:
            console.put(sym.wCurMap, 37)
        if console.frame == 80:
            console.put(sym.wJoyIgnore, 0)

    console = FakeConsole(game)
    assert walker(console).step(UP, WARP) == "warped"
    assert console.held == 0
    assert console.frame >= 80


def test_a_mat_is_left_by_pressing_against_the_edge() -> None:
    console = FakeConsole(lambda c: c.put(sym.wCurMap, 0 if c.held == 0 else 5) if c.frame > 12 else None)
    assert walker(console).step(DOWN, CARPET) == "warped"


def test_a_mat_that_leads_nowhere_is_given_up() -> None:
    console = FakeConsole(idle)
    console.put(sym.wCurMap, 3)
    assert walker(console).step(DOWN, CARPET) == "interrupted"
    assert console.held == 0


def test_a_mat_press_that_starts_a_scene_goes_on_to_the_warp() -> None:
    def game(console: FakeConsole) -> None:
        console.put(sym.wJoyIgnore, 0xFF if console.held or console.frame < 60 else 0)
        if console.frame == 50:
            console.put(sym.wCurMap, 7)

    assert walker(FakeConsole(game)).step(DOWN, CARPET) == "warped"


def test_a_door_that_refuses_is_refused() -> None:
    assert walker(FakeConsole(idle)).step(UP, WARP) == "refused"


def test_a_text_instead_of_the_warp_interrupts() -> None:
    floor = Floor(lambda console: console.put(sym.wFontLoaded, 1))
    assert walker(FakeConsole(floor)).step(UP, WARP) == "interrupted"


def test_a_text_behind_the_door_interrupts() -> None:
    def arrive(console: FakeConsole) -> None:
        console.put(sym.wCurMap, 9)
        console.put(sym.wFontLoaded, 1)

    assert walker(FakeConsole(Floor(arrive))).step(UP, WARP) == "interrupted"


def test_a_hop_is_over_when_input_is_ready_again() -> None:
    floor = Floor()

    def game(console: FakeConsole) -> None:
        floor(console)
        console.put(sym.wMovementFlags, 0x40 if console.frame < 40 else 0)

    console = FakeConsole(game)
    assert walker(console).step(DOWN, LEDGE) == "moved"
    assert console.frame >= 40
    assert PAD_DOWN in console.pressed


def test_a_hop_that_never_ends_is_an_interruption() -> None:
    floor = Floor()

    def game(console: FakeConsole) -> None:
        floor(console)
        console.put(sym.wMovementFlags, 0x40)

    assert walker(FakeConsole(game)).step(DOWN, LEDGE) == "interrupted"


def test_turning_presses_only_until_the_head_turns() -> None:
    def turns(console: FakeConsole) -> None:
        if console.held & PAD_RIGHT:
            console.put(sym.wSpritePlayerStateData1FacingDirection, RIGHT)

    console = FakeConsole(turns)
    legs = walker(console)
    console.hold(PAD_DOWN)
    assert legs.face(RIGHT)
    assert console.held == 0
    assert legs.face(RIGHT)
    assert not legs.face(UP)
