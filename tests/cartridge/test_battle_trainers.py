"""Trainers, switching and items in battle, by presses and RAM (gen1 4.4, 5.9-5.14)."""

from collections.abc import Iterator

import pytest

from tests.cartridge.battle_bench import LAYOUT, RAM, ROM, Bench, bag, use_first_item, wild, word

FIRE, WATER, SEED = 0xB0, 0xB1, 0x99
SMALL_BIRD, SMALL_RAT = 0x24, 0xA5
SCRATCH, TACKLE, GROWL, EMBER, LEECH_SEED, STRUGGLE = 10, 33, 45, 52, 73, 165
CURSOR = 0xED
RIVAL = 225
POTION, MASTER_BALL = 0x14, 0x01
LAB = 0x28


@pytest.fixture
def bench(bedroom_state: bytes) -> Iterator[Bench]:
    made = Bench(bedroom_state)
    yield made
    made.close()


def test_nobody_runs_from_a_trainer(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH]))
    bench.meet(RIVAL)
    assert bench.to_battle_menu()
    bench.choose(3)
    assert bench.to_battle_menu()
    assert bench.byte("wIsInBattle") == 2
    assert bench.byte("wNumRunAttempts") == 0


def test_beating_a_trainer_pays_and_gives_half_more_experience(bench: Bench) -> None:
    bench.party(bench.rom.member(SEED, 9, [22, 22]))
    money = int(bench.read("wPlayerMoney", 3).hex())
    before = int.from_bytes(bench.member()[14:17], "big")
    bench.meet(RIVAL, trainer=1)
    assert bench.to_battle_menu()
    assert bench.byte("wEnemyPartyCount") == 1
    assert bench.read("wEnemyMon", 29)[12:14] == bytes([0x98, 0x88])
    assert bench.read("wTrainerName", 3) == bench.read("wRivalName", 3)
    foe = bench.read("wEnemyMon", 29)
    while bench.fight(0):
        pass
    base = bench.rom.header(foe[0])[9] * foe[14] // 7
    assert int.from_bytes(bench.member()[14:17], "big") - before == base + base // 2
    assert int(bench.read("wPlayerMoney", 3).hex()) - money == 35 * foe[14]
    assert bench.byte("wBattleResult") == 0


def test_losing_to_the_rival_in_the_laboratory_costs_nothing(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [GROWL], hp=1))
    money = bench.read("wPlayerMoney", 3)
    bench.meet(RIVAL)
    bench.write("wCurMap", LAB)
    while bench.to_battle_menu():
        bench.fight(0)
    assert bench.byte("wBattleResult") == 1
    assert bench.byte("wIsInBattle") == 0
    assert bench.read("wPlayerMoney", 3) == money
    assert word(bench.member(), 1) == 0


def test_the_next_monster_follows_a_fainted_one(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [GROWL], hp=1), bench.rom.member(WATER, 40, [TACKLE]))
    wild(bench, SMALL_RAT, 20)
    assert bench.to_battle_menu()
    for _ in range(200):
        if bench.byte("wPlayerMonNumber") == 1:
            break
        if bench.byte("wTopMenuItemX") == 0 and bench.tile(0, 1) == 0xED:
            bench.press("down")
        bench.press("a")
    assert bench.to_battle_menu()
    assert bench.byte("wPlayerMonNumber") == 1
    assert bench.read("wBattleMon", 1)[0] == WATER
    assert bench.byte("wPartyGainExpFlags") == 2
    assert word(bench.member(0), 1) == 0


def test_switching_costs_the_turn_and_shares_the_experience(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 20, [SCRATCH]), bench.rom.member(WATER, 20, [TACKLE]))
    wild(bench, SMALL_RAT, 6)
    assert bench.to_battle_menu()
    bench.choose(2)
    bench.press("down")
    bench.press("a", released=16)
    assert (bench.byte("wTopMenuItemX"), bench.byte("wTopMenuItemY"), bench.byte("wMaxMenuItem")) == (12, 12, 2)
    bench.press("a")
    assert bench.to_battle_menu()
    assert bench.byte("wPlayerMonNumber") == 1
    assert bench.byte("wPartyGainExpFlags") == 3
    before = [int.from_bytes(bench.member(i)[14:17], "big") for i in (0, 1)]
    while bench.fight(0):
        pass
    share = bench.rom.header(SMALL_RAT)[9] * 6 // 7 // 2
    assert [int.from_bytes(bench.member(i)[14:17], "big") - before[i] for i in (0, 1)] == [share, share]


def test_a_potion_heals_and_costs_the_turn(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 20, [SCRATCH], hp=10))
    bag(bench, POTION)
    wild(bench, SMALL_RAT, 2)
    assert bench.to_battle_menu()
    use_first_item(bench)
    bench.boy.tick(30, False, False)
    bench.press("a")
    assert bench.to_battle_menu()
    assert 20 < word(bench.read("wBattleMon", 3), 1) <= 30
    assert bench.byte("wNumBagItems") == 0


def test_the_best_ball_catches_and_the_dex_knows(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH]))
    bag(bench, MASTER_BALL)
    wild(bench, SMALL_RAT, 4)
    assert bench.to_battle_menu()
    foe = bench.read("wEnemyMon", 29)
    use_first_item(bench)
    assert not bench.to_battle_menu()
    assert bench.byte("wPartyCount") == 2
    assert bench.read("wPartySpecies", 3) == bytes([FIRE, SMALL_RAT, 0xFF])
    caught = bench.member(1)
    assert caught[27:29] == foe[12:14]
    assert word(caught, 34) == word(foe, 15)
    growth = bench.rom.header(SMALL_RAT)[19]
    assert int.from_bytes(caught[14:17], "big") == bench.rom.experience(growth, 4)
    dex = bench.rom.at("PokedexOrder", SMALL_RAT - 1, 1)[0] - 1
    assert bench.read(RAM["wPokedexOwned"] + dex // 8, 1)[0] >> dex % 8 & 1
    assert bench.byte("wBattleResult") == 2


def test_a_ball_is_refused_in_a_trainer_battle(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH]))
    bag(bench, MASTER_BALL)
    bench.meet(RIVAL)
    assert bench.to_battle_menu()
    use_first_item(bench)
    assert bench.to_battle_menu()
    assert bench.byte("wNumBagItems") == 1
    assert bench.byte("wPartyCount") == 1


@pytest.fixture
def two_against_one(bedroom_state: bytes) -> Iterator[Bench]:
    """The same cartridge with a second monster in the rival's first party."""
    data = bytearray(ROM.read_bytes())
    pointer = 0x0E * 0x4000 + LAYOUT.rom["TrainerDataPointers"][1] % 0x4000 + 2 * 24
    party = 0x0E * 0x4000 + int.from_bytes(data[pointer : pointer + 2], "little") % 0x4000
    data[party : party + 6] = bytes([0xFF, 4, SMALL_RAT, 5, SMALL_BIRD, 0])
    made = Bench(bedroom_state, bytes(data))
    yield made
    made.close()


@pytest.mark.parametrize("change", [False, True])
def test_a_trainer_sends_the_next_one_after_the_shift_question(two_against_one: Bench, change: bool) -> None:
    bench = two_against_one
    bench.party(bench.rom.member(FIRE, 30, [SCRATCH]), bench.rom.member(WATER, 30, [TACKLE]))
    bench.write("wOptions", bench.byte("wOptions") & 0xBF)
    bench.meet(RIVAL)
    assert bench.to_battle_menu()
    assert bench.byte("wEnemyPartyCount") == 2
    bench.choose(0)
    bench.pick_move(0)
    for _ in range(200):
        if (bench.byte("wTopMenuItemX"), bench.byte("wTopMenuItemY")) == (1, 8) and bench.tile(1, 8) == CURSOR:
            break
        bench.press("b")
    assert bench.tile(0, 7) == 0x79
    assert bench.byte("wEnemyMonPartyPos") == 0
    bench.press("a" if change else "b", released=40)
    if change:
        bench.press("down")
        bench.press("a", released=16)
        bench.press("a")
    assert bench.to_battle_menu()
    assert bench.byte("wEnemyMonPartyPos") == 1
    assert bench.read("wEnemyMon", 1)[0] == SMALL_BIRD
    assert bench.byte("wPlayerMonNumber") == int(change)
    assert bench.byte("wPartyGainExpFlags") == 1 << int(change)
    while bench.fight(0):
        pass
    assert bench.byte("wBattleResult") == 0
    assert int(bench.read("wAmountMoneyWon", 3).hex()) == 35 * 5


def test_set_style_sends_the_next_one_without_a_question(two_against_one: Bench) -> None:
    bench = two_against_one
    bench.party(bench.rom.member(FIRE, 30, [SCRATCH]), bench.rom.member(WATER, 30, [TACKLE]))
    bench.write("wOptions", bench.byte("wOptions") | 0x40)
    bench.meet(RIVAL)
    assert bench.to_battle_menu()
    bench.fight(0)
    assert bench.byte("wEnemyMonPartyPos") == 1
    assert bench.byte("wPlayerMonNumber") == 0


def test_a_caught_monster_can_get_a_name_of_its_own(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH]))
    bag(bench, MASTER_BALL)
    wild(bench, SMALL_RAT, 4)
    assert bench.to_battle_menu()
    use_first_item(bench)
    for _ in range(60):
        if bench.byte("wNamingScreenType") == 2 and bench.tile(0, 4) == 0x79:
            break
        bench.press("a")
    bench.press("right")
    bench.press("a")
    bench.press("start")
    assert not bench.to_battle_menu()
    letters = bench.read(RAM["wPartyMonNicks"] + 11, 11)
    assert letters.startswith(bytes([0x81, 0x50])) or letters.startswith(bytes([0x80, 0x81, 0x50]))
