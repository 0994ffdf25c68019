"""From the bedroom to the city by button presses: the flags, toggles and names of gen1 6.1 rows 1 to 4."""

import pytest

from agent_core.gen1 import symbols as ram
from tests.cartridge.console import Console
from tests.cartridge.screen import asked, fight, read_on, rows, settle, speaking, walk_to, words

LAB, CENTRE, SHOP, CITY, ROUTE = 40, 41, 42, 1, 12
OAK_APPEARED, FOLLOWED, FOLLOWED_2, ASKED, STARTER, BATTLED = 39, 0, 32, 33, 34, 35
BALLS = {6: (0xB0, 0xB1, 1), 7: (0xB1, 0x99, 2), 8: (0x99, 0xB0, 3)}
TO_CITY = ((10, 26), (10, 20), (14, 20), (14, 16), (10, 16), (10, 12), (14, 12), (14, 2), (10, 2), (10, 0))


def event(console: Console, bit: int) -> bool:
    """An event flag by its bit index (events.json)."""
    return bool(console.byte(ram.wEventFlags + bit // 8) >> bit % 8 & 1)


def hidden(console: Console, toggle: int) -> bool:
    """A toggleable object by its index (toggles.json)."""
    return bool(console.byte(ram.wToggleableObjectFlags + toggle // 8) >> toggle % 8 & 1)


def go_through(console: Console, button: str, wanted: int) -> None:
    """Hold a direction until the map changes."""
    console.hold(button)
    for _ in range(200):
        console.tick()
        if console.place[0] == wanted:
            break
    console.release(button)
    console.tick(40)
    console.wait_ready()
    assert console.place[0] == wanted


def led_to_lab(console: Console) -> None:
    walk_to(console, (10, 6), (10, 2))
    console.hold("up")
    console.tick(40)
    console.release("up")


def take_ball(console: Console, column: int) -> None:
    """Up to the question in front of one capsule."""
    walk_to(console, (5, 4), (column, 4))
    console.press("up", 2, 20)
    console.press("a")
    read_on(console)
    assert asked(console)


@pytest.fixture(scope="module")
def lab_state(machine: Console, town_state: bytes) -> bytes:
    """In the laboratory, asked to choose."""
    machine.load(town_state)
    led_to_lab(machine)
    for _ in range(400):
        settle(machine, 30)
        if event(machine, ASKED) and machine.ready:
            break
        if speaking(machine):
            machine.press("a", 3, 3)
    return machine.save()


@pytest.fixture(scope="module")
def match_state(machine: Console, lab_state: bytes) -> bytes:
    """The rival holds his capsule and waits for the player to leave."""
    machine.load(lab_state)
    take_ball(machine, 7)
    machine.press("a", 4, 20)
    read_on(machine)
    machine.press("b", 4, 20)
    for _ in range(200):
        settle(machine, 30)
        if machine.byte(ram.wOaksLabCurScript) == 10 and machine.ready:
            break
        if speaking(machine):
            machine.press("a", 3, 3)
    return machine.save()


@pytest.fixture(scope="module")
def free_state(machine: Console, match_state: bytes) -> bytes:
    """After the match with the rival, before the laboratory's door."""
    machine.load(match_state)
    walk_to(machine, (5, 4), (5, 5))
    machine.press("down", 30)
    for _ in range(400):
        if machine.byte(ram.wIsInBattle):
            fight_on(machine)
        settle(machine, 30)
        if machine.byte(ram.wOaksLabCurScript) == 18 and machine.ready:
            break
        if speaking(machine):
            machine.press("a", 3, 3)
    go_through(machine, "down", 0)
    return machine.save()


@pytest.fixture(scope="module")
def city_state(machine: Console, free_state: bytes) -> bytes:
    """At the south entrance of the city."""
    machine.load(free_state)
    walk_to(machine, (12, 12), (10, 12))
    for _ in range(12):
        if machine.place[0] == 0:
            walk_to(machine, (machine.place[1], 6 if machine.place[1] < 10 else 12), (10, 6), (10, 0))
            go_through(machine, "up", ROUTE)
        if all(walk_to(machine, place) for place in TO_CITY):
            break
    go_through(machine, "up", CITY)
    return machine.save()


def fight_on(console: Console) -> None:
    """A until the battle is over; texts of scripts may follow."""
    for _ in range(600):
        if not console.byte(ram.wIsInBattle):
            return
        console.press("a", 4, 8)


def test_the_professor_stops_the_player_at_the_north_exit(town: Console) -> None:
    led_to_lab(town)
    assert event(town, OAK_APPEARED)
    assert town.place == (0, 10, 1)
    assert town.byte(ram.wJoyIgnore) == 0xFC
    assert town.byte(ram.wPalletTownCurScript) == 1
    settle(town)
    assert speaking(town)
    for _ in range(20):
        if not hidden(town, 0):
            break
        town.press("a", 3, 20)
    assert not hidden(town, 0)
    assert town.byte(ram.wJoyIgnore) == 0xFF
    town.hold("down")
    town.tick(60)
    town.release("down")
    assert town.place == (0, 10, 1)


def test_the_escort_leads_to_the_laboratory_without_a_press(town: Console) -> None:
    led_to_lab(town)
    for _ in range(200):
        settle(town, 30)
        if town.byte(ram.wNPCMovementScriptPointerTableNum):
            break
        if speaking(town):
            town.press("a", 3, 3)
    assert town.byte(ram.wNPCMovementScriptPointerTableNum) == 1
    simulated = 0
    for _ in range(800):
        town.tick()
        if town.byte(ram.wStatusFlags5) & 0x80:
            simulated += 1
            assert town.byte(ram.wSimulatedJoypadStatesIndex) <= 40
        assert not town.ready or town.place[0] == LAB
        if event(town, FOLLOWED_2):
            break
    assert simulated > 200
    assert town.place == (LAB, 5, 3)
    assert event(town, FOLLOWED)
    assert hidden(town, 0)
    assert hidden(town, 49)
    assert not hidden(town, 46)


def test_nobody_leaves_the_laboratory_without_a_companion(machine: Console, lab_state: bytes) -> None:
    machine.load(lab_state)
    walk_to(machine, (5, 5))
    machine.press("down", 30)
    read_on(machine)
    machine.wait_ready()
    assert machine.place == (LAB, 5, 5)
    assert machine.byte(ram.wPartyCount) == 0


def test_a_refused_capsule_stays_on_the_table(machine: Console, lab_state: bytes) -> None:
    machine.load(lab_state)
    take_ball(machine, 6)
    assert (machine.byte(ram.wTopMenuItemX), machine.byte(ram.wTopMenuItemY)) == (15, 8)
    machine.press("b", 4, 30)
    assert machine.byte(ram.wChosenMenuItem) == 2
    read_on(machine)
    machine.wait_ready()
    assert machine.byte(ram.wPartyCount) == 0
    assert not hidden(machine, 43)


@pytest.mark.parametrize("column", sorted(BALLS))
def test_the_rival_takes_the_counter_of_every_capsule(machine: Console, lab_state: bytes, column: int) -> None:
    own, counter, number = BALLS[column]
    machine.load(lab_state)
    take_ball(machine, column)
    machine.press("a", 4, 20)
    read_on(machine)
    assert asked(machine)
    assert event(machine, STARTER) is False
    machine.press("b", 4, 20)
    for _ in range(200):
        settle(machine, 30)
        if machine.byte(ram.wOaksLabCurScript) == 10 and machine.ready:
            break
        if speaking(machine):
            machine.press("a", 3, 3)
    assert event(machine, STARTER)
    assert machine.byte(ram.wPlayerStarter) == own
    assert machine.byte(ram.wRivalStarter) == counter
    assert machine.byte(ram.wStatusFlags4) & 0x08
    assert machine.byte(ram.wPartyCount) == 1
    assert machine.read(ram.wPartySpecies, 2) == bytes([own, 0xFF])
    assert machine.byte(ram.wPartyMons + 0x21) == 5
    assert hidden(machine, 43 + column - 6)
    assert [hidden(machine, toggle) for toggle in (43, 44, 45)].count(True) == 2

    walk_to(machine, (column, 5), (5, 5))
    machine.press("down", 30)
    for _ in range(400):
        settle(machine, 30)
        if machine.byte(ram.wEnemyMon):
            break
        if speaking(machine) or machine.byte(ram.wIsInBattle):
            machine.press("a", 3, 3)
    assert machine.byte(ram.wIsInBattle) == 2
    assert machine.byte(ram.wTrainerNo) == number
    assert machine.byte(ram.wEnemyMon) == counter


def test_a_nickname_is_typed_into_the_party(machine: Console, lab_state: bytes) -> None:
    machine.load(lab_state)
    take_ball(machine, 8)
    machine.press("a", 4, 20)
    read_on(machine)
    machine.press("a", 4, 40)
    settle(machine)
    assert machine.byte(ram.wNamingScreenType) == 2
    machine.press("right")
    machine.press("a")
    machine.press("start")
    settle(machine)
    assert machine.read(ram.wPartyMonNicks, 2) == bytes([0x81, 0x50])
    for _ in range(200):
        settle(machine, 30)
        if machine.byte(ram.wOaksLabCurScript) == 10 and machine.ready:
            break
        if speaking(machine):
            machine.press("a", 3, 3)
    machine.wait_ready()


def test_the_match_ends_with_a_healed_team_and_an_open_door(machine: Console, free_state: bytes) -> None:
    machine.load(free_state)
    assert machine.place[0] == 0
    assert event(machine, BATTLED)
    assert hidden(machine, 42)
    assert machine.byte(ram.wIsInBattle) == 0
    mon = machine.read(ram.wPartyMons, 44)
    assert mon[1:3] == mon[0x22:0x24]
    assert machine.byte(ram.wOaksLabCurScript) == 18


def test_a_lost_match_does_not_send_anybody_home(machine: Console, match_state: bytes) -> None:
    machine.load(match_state)
    walk_to(machine, (7, 5), (5, 5))
    machine.press("down", 30)
    for _ in range(900):
        if machine.byte(ram.wBattleResult) and not machine.byte(ram.wIsInBattle):
            break
        if "TYPE" in rows(machine)[9] and machine.byte(ram.wCurrentMenuItem) == 1:
            machine.press("down", 3, 6)
        machine.press("a", 3, 12)
    assert machine.byte(ram.wBattleResult) == 1
    for _ in range(100):
        settle(machine, 30)
        if machine.byte(ram.wOaksLabCurScript) == 18 and machine.ready:
            break
        if speaking(machine):
            machine.press("a", 3, 3)
    assert machine.place == (LAB, 5, 6)
    assert event(machine, BATTLED)
    mon = machine.read(ram.wPartyMons, 44)
    assert mon[1:3] == mon[0x22:0x24] != bytes(2)


def test_the_way_to_the_city_is_open(machine: Console, city_state: bytes) -> None:
    machine.load(city_state)
    assert machine.place == (CITY, 20, 35)
    assert machine.byte(ram.wTownVisitedFlag) & 2


def test_the_salesman_of_the_lane_gives_one_tonic(machine: Console, free_state: bytes) -> None:
    machine.load(free_state)
    walk_to(machine, (12, 12), (10, 12), (10, 0))
    go_through(machine, "up", ROUTE)
    walk_to(machine, (10, 26), (6, 26))
    for button in ("left", *("up", "up", "up", "down", "down") * 20):
        machine.press(button, 10, 20)
        if machine.byte(ram.wIsInBattle):
            fight(machine)
        machine.press("a", 3, 6)
        if speaking(machine):
            break
        machine.wait_ready()
    read_on(machine)
    assert event(machine, 960)
    assert machine.read(ram.wNumBagItems, 4) == bytes([1, 0x14, 1, 0xFF])
    machine.wait_ready()
    machine.press("start")
    for button in ("down", "a"):
        settle(machine)
        machine.press(button)
    settle(machine)
    assert machine.byte(ram.wListCount) == 1
    machine.press("a")
    settle(machine)
    assert machine.byte(ram.wTextBoxID) == 0x06
    assert machine.byte(ram.wCurItem) == 0x14
    assert machine.byte(ram.wMaxItemQuantity) == 1
    assert (machine.byte(ram.wTopMenuItemX), machine.byte(ram.wTopMenuItemY)) == (14, 11)
    machine.press("down")
    machine.press("a")
    settle(machine)
    read_on(machine)
    assert asked(machine)
    machine.press("a", 4, 30)
    settle(machine)
    for _ in range(4):
        machine.press("b")
        settle(machine)
    machine.wait_ready()
    assert machine.read(ram.wNumBagItems, 2) == bytes([0, 0xFF])


def test_the_hostel_heals_and_becomes_the_place_to_wake_up(machine: Console, city_state: bytes) -> None:
    machine.load(city_state)
    walk_to(machine, (20, 26), (23, 26))
    go_through(machine, "up", CENTRE)
    walk_to(machine, (3, 4), (3, 3))
    machine.press("up", 2, 20)
    machine.press("a")
    read_on(machine, "HEAL")
    assert machine.byte(ram.wTextBoxID) == 0x14
    assert machine.byte(ram.wTwoOptionMenuID) == 6
    assert (machine.byte(ram.wTopMenuItemX), machine.byte(ram.wTopMenuItemY)) == (12, 8)
    machine.press("a", 4, 30)
    machine.tick(260)
    read_on(machine)
    machine.wait_ready()
    mon = machine.read(ram.wPartyMons, 44)
    assert mon[1:3] == mon[0x22:0x24]
    assert machine.byte(ram.wLastBlackoutMap) == CITY
    assert machine.byte(ram.wStatusFlags4) & 0x04


def test_the_shop_is_friendly_but_closed(machine: Console, city_state: bytes) -> None:
    machine.load(city_state)
    walk_to(machine, (20, 20), (29, 20))
    go_through(machine, "up", SHOP)
    walk_to(machine, (3, 5), (2, 5))
    machine.press("left", 2, 20)
    machine.press("a")
    assert "QUILL" in read_on(machine)
    machine.wait_ready()


def test_the_sleeping_man_keeps_the_north_closed(machine: Console, city_state: bytes) -> None:
    machine.load(city_state)
    walk_to(machine, (20, 20), (19, 20), (19, 10))
    machine.press("up", 30)
    settle(machine)
    assert speaking(machine)
    assert words(machine)
    read_on(machine)
    machine.wait_ready()
    assert machine.place == (CITY, 19, 10)


def test_the_mother_looks_after_the_team(machine: Console, free_state: bytes) -> None:
    machine.load(free_state)
    walk_to(machine, (12, 12), (10, 12), (10, 6), (5, 6))
    go_through(machine, "up", 37)
    walk_to(machine, (2, 6), (6, 6), (6, 4))
    machine.press("left", 2, 20)
    machine.press("a")
    assert "MUM" in read_on(machine)
    machine.wait_ready()


def test_the_team_page_shows_the_figures_of_the_party(machine: Console, free_state: bytes) -> None:
    machine.load(free_state)
    machine.press("start")
    settle(machine)
    machine.press("a")
    settle(machine)
    assert machine.byte(ram.wPartyMenuTypeOrMessageID) == 0
    assert (machine.byte(ram.wTopMenuItemX), machine.byte(ram.wTopMenuItemY)) == (0, 1)
    machine.press("a")
    settle(machine)
    assert "STATS" in rows(machine)[12]
    machine.press("a")
    settle(machine)
    assert "ATTACK" in "\n".join(rows(machine))
    for _ in range(3):
        machine.press("b")
        settle(machine)
    machine.wait_ready()


def test_wild_battles_do_not_disturb_the_walk(machine: Console, city_state: bytes) -> None:
    machine.load(city_state)
    if machine.byte(ram.wIsInBattle):
        fight(machine)
    machine.walk("u")
    assert machine.place[2] == 34
