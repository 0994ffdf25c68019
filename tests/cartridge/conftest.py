"""Starting points for tests on the practice cartridge; each is played once per session."""

from collections.abc import Iterator

import pytest

from agent_core.gen1 import symbols as ram
from tests.cartridge.console import Console


@pytest.fixture(scope="session")
def machine() -> Iterator[Console]:
    """One emulator for the session."""
    console = Console()
    yield console
    console.pyboy.stop(save=False)


@pytest.fixture(scope="session")
def bedroom_state(machine: Console) -> bytes:
    """The bedroom right after the introduction."""
    machine.boot()
    return machine.save()


@pytest.fixture(scope="session")
def town_state(machine: Console, bedroom_state: bytes) -> bytes:
    """In front of the first house's door."""
    machine.load(bedroom_state)
    machine.walk("rrrruuuuu")
    machine.walk("ddddd" + "llll")
    machine.hold("down")
    for _ in range(200):
        machine.tick()
        if machine.place[0] == 0:
            break
    machine.release("down")
    machine.tick(40)
    machine.wait_ready()
    return machine.save()


@pytest.fixture(scope="session")
def route_state(machine: Console, town_state: bytes) -> bytes:
    """On the route north of the town, after the story in the laboratory, with one monster."""
    machine.load(town_state)
    machine.walk("rrrrruuuu")
    machine.press("up", 20)
    machine.play_until(lambda: machine.place[0] == 40 and machine.ready)
    machine.walk("dr")
    machine.press("up", 3)
    machine.play_until(lambda: machine.byte(ram.wPartyCount) == 1 and machine.ready)
    machine.walk_out()
    machine.walk("ll" + "u" * 13)
    return machine.save()


@pytest.fixture
def route(machine: Console, route_state: bytes) -> Console:
    """A player on the first square of the route."""
    machine.load(route_state)
    return machine


@pytest.fixture
def bedroom(machine: Console, bedroom_state: bytes) -> Console:
    """A player in the bedroom."""
    machine.load(bedroom_state)
    return machine


@pytest.fixture
def town(machine: Console, town_state: bytes) -> Console:
    """A player in the first town."""
    machine.load(town_state)
    return machine
