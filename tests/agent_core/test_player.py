"""The player on the practice cartridge, from power-on to the city, as a user would run it."""

from __future__ import annotations

import msgspec
import pytest

from agent_core.cartridge import open_cartridge
from agent_core.emulator import Emulator
from agent_core.genome import Genome
from agent_core.player import Player
from agent_core.strategy.heuristic import Heuristic
from agent_core.telemetry import EventData, Milestone, Overworld


class Seat:
    """One player with its console and everything it said."""

    def __init__(self, genome: Genome | None = None) -> None:
        cartridge = open_cartridge(None)
        self.events: list[EventData] = []
        self.emulator = Emulator(cartridge.rom)
        self.player = Player(
            self.emulator, cartridge, genome=genome or Genome(), strategy=Heuristic(), emit=self.events.append
        )

    def play(self, turns: int, until: str = "viridian") -> Seat:
        player = self.player
        while player.turns < turns and not player.status.stop_reason and until not in player.status.milestones:
            player.turn()
        return self

    def of(self, kind: type) -> list[EventData]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture(scope="module")
def journey() -> Seat:
    seat = Seat()
    seat.player.boot(0)
    return seat.play(1000)


def test_the_player_beats_the_rival_and_reaches_the_city_within_its_budget(journey: Seat) -> None:
    assert journey.player.status.milestones == ["rival_beaten", "viridian"]
    assert journey.player.turns < 500
    assert [event.milestone for event in journey.of(Milestone)] == ["rival_beaten", "viridian"]


def test_every_unobstructed_step_takes_sixteen_frames_at_most_one_more(journey: Seat) -> None:
    steps = [event for event in journey.of(Overworld) if event.action in ("up", "down", "left", "right")]
    assert len(steps) > 50
