"""The player on the practice cartridge, from power-on to the city, as a user would run it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

import pytest

from agent_core import player as player_module
from agent_core.cartridge import open_cartridge
from agent_core.emulator import Emulator
from agent_core.gen1 import symbols as sym
from agent_core.genome import Genome
from agent_core.player import Player, battle_outcome
from agent_core.quest.objectives import Goal, Objective, ObjectiveSpec, Quest
from agent_core.strategy.base import Question, Strategy
from agent_core.strategy.heuristic import Heuristic
from agent_core.telemetry import (
    Backtrack,
    Battle,
    BattleEnd,
    Decision,
    Encounter,
    EventData,
    Item,
    MapChange,
    Milestone,
    Overworld,
    Party,
    Stuck,
)

Kind = TypeVar("Kind")


class Seat:
    """One player with its console and everything it said."""

    def __init__(self, genome: Genome | None = None, strategy: Strategy | None = None) -> None:
        cartridge = open_cartridge(None)
        self.events: list[EventData] = []
        self.frames: list[int] = []
        self.emulator = Emulator(cartridge.rom)
        self.player = Player(
            self.emulator, cartridge, genome=genome or Genome(), strategy=strategy or Heuristic(), emit=self.hear
        )

    def hear(self, event: EventData) -> None:
        self.events.append(event)
        self.frames.append(self.emulator.frame)

    def play(self, turns: int, until: Callable[[Seat], bool] = lambda seat: False) -> Seat:
        player = self.player
        while player.turns < turns and not player.status.stop_reason and not until(self):
            player.turn()
        return self

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self.events if isinstance(event, kind)]


def reached(milestone: str) -> Callable[[Seat], bool]:
    return lambda seat: milestone in seat.player.status.milestones


@pytest.fixture(scope="module")
def journey() -> Seat:
    """A whole run to the city and a few turns beyond."""
    seat = Seat()
    seat.player.boot(0)
    return seat.play(1000)


def test_the_player_beats_the_rival_and_reaches_the_city_within_its_budget(journey: Seat) -> None:
    assert journey.player.status.milestones == ["rival_beaten", "viridian"]
    assert [event.milestone for event in journey.of(Milestone)] == ["rival_beaten", "viridian"]
    assert journey.player.turns < 500


def test_with_every_objective_done_the_player_says_so(journey: Seat) -> None:
    assert journey.player.status.stop_reason == "finished"
    last = journey.of(Decision)[-1]
    assert (last.screen, last.action) == ("overworld", "finished")


def test_an_unobstructed_step_takes_sixteen_frames_and_at_most_one_more(journey: Seat) -> None:
    words = ("up", "down", "left", "right")
    pairs = pairwise(zip(journey.events, journey.frames, strict=True))
    taken = [
        frame - earlier
        for (before, earlier), (event, frame) in pairs
        if isinstance(event, Overworld)
        and event.action in words
        and isinstance(before, Overworld)
        and before.action in words
    ]
    assert len(taken) > 50
    assert sorted(taken)[len(taken) // 2] <= 17
    assert min(taken) >= 16


def test_every_turn_has_one_event_with_its_inputs(journey: Seat) -> None:
    told = [event for event in journey.events if isinstance(event, Overworld | Battle | Decision)]
    intro = next(place for place, event in enumerate(told) if isinstance(event, Overworld))
    assert intro > 10
    assert len(told) - intro == journey.player.turns
    assert all(frame >= 0 and 0 <= mask <= 255 for event in told for frame, mask in event.inputs)


def test_maps_battles_and_the_party_are_told(journey: Seat) -> None:
    assert [event.new_map for event in journey.of(MapChange)][:3] == [37, 0, 40]
    assert journey.of(Encounter)[0].trainer_class == 25
    end = next(event for event in journey.of(BattleEnd) if event.kind == "trainer" and event.outcome == "won")
    assert end.turns > 3
    assert journey.of(Party)[0].members[0].level == 5


def test_neighbouring_seeds_meet_different_chance() -> None:
    random_bytes = set()
    for seed in range(4):
        seat = Seat()
        seat.player.boot(seed)
        random_bytes.add(seat.emulator.read(sym.hRandomAdd, 2))
    assert len(random_bytes) == 4


def test_two_runs_with_one_seed_press_the_same_buttons() -> None:
    first, second = Seat(), Seat()
    for seat in (first, second):
        seat.player.boot(5)
        seat.play(70)
    assert first.events == second.events
    assert first.emulator.wram_hash() == second.emulator.wram_hash()


def test_a_player_restored_from_its_memory_goes_on_as_the_first_would() -> None:
    first, second = Seat(), Seat()
    first.player.boot(3)
    first.play(80)
    console = first.emulator
    second.emulator.resume(
        console.snapshot(), presses=console.presses, frames_run=console.frames_run, inputs=console.pending_inputs()
    )
    second.player.restore_memory(first.player.memory())
    assert second.player.turns == 80
    told = len(first.events)
    first.play(120)
    second.play(120)
    assert second.events == first.events[told:]
    assert first.player.memory() == second.player.memory()


class LosesFirst:
    """Uses the worst option until it has lost a battle; afterwards the best, or for ever the worst."""

    name = "loses first"

    def __init__(self, *, learns: bool = True) -> None:
        self.events: list[EventData] = []
        self._learns = learns
        self._best = Heuristic()

    def choose(self, question: Question) -> str:
        learned = self._learns and any(isinstance(event, BattleEnd) for event in self.events)
        if question.kind == "battle" and not learned:
            return min(question.options, key=lambda option: option.score).id
        return self._best.choose(question)


def test_a_lost_rival_battle_is_played_again_from_before() -> None:
    strategy = LosesFirst()
    seat = Seat(strategy=strategy)
    strategy.events = seat.events
    seat.player.boot(0)
    seat.play(400, reached("rival_beaten"))
    assert seat.of(BattleEnd)[0].outcome == "lost"
    assert seat.of(Backtrack)[0].reason == "objective failed"
    assert seat.of(BattleEnd)[-1].outcome == "won"
    assert reached("rival_beaten")(seat)


def test_without_snapshots_a_lost_battle_is_lived_with() -> None:
    seat = Seat(Genome(bt_max_snapshots=0), LosesFirst(learns=False))
    seat.player.boot(0)
    seat.play(400, reached("viridian"))
    assert seat.of(Backtrack) == []
    assert seat.player.status.milestones == ["viridian"]


def impossible() -> Quest:
    goal = Goal(kind="reach_cell", map=38, x=0, y=0)
    return Quest([Objective(ObjectiveSpec(id="fly", description="", goal=goal, done={"any": []}))])


def test_a_player_that_cannot_go_on_says_so_and_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player_module, "load_quest", impossible)
    seat = Seat(Genome(bt_max_snapshots=0, stuck_threshold=3))
    seat.player.boot(0)
    seat.play(300)
    assert seat.player.status.stop_reason == "stuck"
    assert seat.player.status.stuck_count == len(seat.of(Stuck)) == player_module.STUCK_LIMIT
    assert seat.of(Stuck)[0].streak == 3


def test_a_stuck_player_goes_back_to_a_snapshot_before_it_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player_module, "load_quest", impossible)
    seat = Seat(Genome(bt_restore_threshold=4, bt_max_attempts=1, stuck_threshold=3))
    seat.player.boot(0)
    seat.play(300)
    assert seat.of(Backtrack)[0].reason == "stuck"
    assert seat.player.status.restores == len(seat.of(Backtrack))
    assert seat.player.status.stop_reason == "stuck"


def test_a_change_in_the_bag_is_told_item_by_item() -> None:
    seat = Seat()
    seat.player.boot(0)
    seat.player._mind.bag = [(20, 2), (4, 1)]
    seat.player.turn()
    assert [(item.item, item.quantity, item.change) for item in seat.of(Item)] == [(4, 0, -1), (20, 0, -2)]


@pytest.mark.parametrize(
    ("result", "captured", "kind", "word"),
    [(0, 0, 2, "won"), (1, 0, 1, "lost"), (2, 0, 1, "fled"), (2, 36, 1, "caught"), (2, 0, 2, "draw")],
)
def test_the_outcome_of_a_battle_is_read_from_its_result(result: int, captured: int, kind: int, word: str) -> None:
    assert battle_outcome(result, captured, kind) == word
