"""Battles of the practice cartridge, judged by what RAM shows and by the formulas of gen1 section 5."""

from collections.abc import Iterator

import pytest

from tests.cartridge.battle_bench import RAM, RATIOS, Bench, bedroom, damages, word

FIRE, WATER, SEED = 0xB0, 0xB1, 0x99
SMALL_BIRD, SMALL_RAT = 0x24, 0xA5
SCRATCH, TACKLE, GROWL, EMBER, LEECH_SEED = 10, 33, 45, 52, 73
RIVAL = 225
POTION, MASTER_BALL = 0x14, 0x01
LAB = 0x28


@pytest.fixture(scope="module")
def start() -> bytes:
    return bedroom()


@pytest.fixture
def bench(start: bytes) -> Iterator[Bench]:
    made = Bench(start)
    yield made
    made.close()


def wild(bench: Bench, species: int, level: int, wait: int = 0) -> None:
    bench.boy.tick(1 + wait, False, False)
    bench.meet(species, level)


@pytest.mark.parametrize(
    ("mine", "move", "foe", "foe_level"),
    [
        ((FIRE, 5), SCRATCH, SMALL_RAT, 3),
        ((FIRE, 12), EMBER, SEED, 9),
        ((SEED, 9), 22, WATER, 8),
        ((WATER, 9), 145, FIRE, 8),
        ((FIRE, 9), EMBER, WATER, 9),
    ],
)
def test_every_hit_takes_what_the_formula_allows(
    bench: Bench, mine: tuple[int, int], move: int, foe: int, foe_level: int
) -> None:
    seen = 0
    state = bench.snapshot()
    for wait in (0, 7, 19):
        bench.restore(state)
        bench.party(bench.rom.member(*mine, [move, GROWL]))
        wild(bench, foe, foe_level, wait)
        for hit in bench.watch(6000):
            if hit.move[2] == 0:
                continue
            possible = damages(bench.rom, hit)
            assert hit.damage == hit.lost
            assert hit.lost in possible or (hit.lost == hit.before and max(possible) >= hit.before)
            assert hit.multipliers & 0x80 == (0x80 if hit.move[3] in hit.user[5:7] else 0)
            seen += 1
    assert seen >= 6


def test_a_move_costs_one_pp_in_both_structs(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH, GROWL]))
    wild(bench, SMALL_BIRD, 3)
    assert bench.to_battle_menu()
    bench.fight(1)
    assert bench.read("wBattleMon", 29)[26] == bench.rom.move(GROWL)[5] - 1
    assert bench.member()[30] == bench.rom.move(GROWL)[5] - 1
    assert bench.byte("wPlayerMoveListIndex") == 1
    assert bench.byte("wPlayerSelectedMove") == GROWL


def test_the_battle_menu_uses_the_columns_and_rows_of_the_game(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH, GROWL]))
    wild(bench, SMALL_BIRD, 3)
    assert bench.to_battle_menu()
    assert (bench.byte("wTopMenuItemX"), bench.byte("wTopMenuItemY"), bench.byte("wMaxMenuItem")) == (9, 14, 1)
    assert bench.byte("wMenuWatchedKeys") == 0x11
    assert bench.byte("wTextBoxID") == 0x0B
    bench.press("right")
    assert bench.byte("wTopMenuItemX") == 15
    assert bench.byte("wMenuWatchedKeys") == 0x21
    bench.press("down")
    assert bench.tile(15, 16) == 0xED
    bench.press("b")
    assert bench.byte("wCurrentMenuItem") == 1


def test_the_move_menu_counts_from_one_and_wraps(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH, GROWL]))
    wild(bench, SMALL_BIRD, 3)
    assert bench.to_battle_menu()
    bench.choose(0)
    bench.boy.tick(20, False, False)
    assert bench.at_move_menu
    assert (bench.byte("wTopMenuItemX"), bench.byte("wTopMenuItemY")) == (5, 12)
    assert (bench.byte("wCurrentMenuItem"), bench.byte("wMaxMenuItem")) == (1, 3)
    assert bench.tile(5, 13) == 0xED
    bench.press("up")
    assert bench.byte("wCurrentMenuItem") == 2
    bench.press("down")
    assert bench.byte("wCurrentMenuItem") == 1
    bench.press("b", released=16)
    assert bench.at_battle_menu


def test_growl_lowers_attack_by_one_stage(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH, GROWL]))
    wild(bench, SMALL_BIRD, 5)
    assert bench.to_battle_menu()
    for _ in range(4):
        bench.fight(1)
        stage = bench.read("wEnemyMonStatMods", 1)[0]
        plain = word(bench.read("wEnemyMonUnmodifiedLevel", 11), 3)
        assert word(bench.read("wEnemyMon", 29), 17) == max(plain * RATIOS[stage - 1] // 100, 1)
    assert bench.read("wEnemyMonStatMods", 1)[0] < 7


def test_winning_gives_the_experience_of_the_species_and_level(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 9, [SCRATCH, GROWL]))
    before = int.from_bytes(bench.member()[14:17], "big")
    wild(bench, SMALL_RAT, 4)
    while bench.to_battle_menu():
        bench.fight(0)
    gained = int.from_bytes(bench.member()[14:17], "big") - before
    assert gained == bench.rom.header(SMALL_RAT)[9] * 4 // 7
    stat_exp = [word(bench.member(), 17 + 2 * i) for i in range(5)]
    assert stat_exp == list(bench.rom.header(SMALL_RAT)[1:6])
    assert bench.byte("wBattleResult") == 0
    assert bench.byte("wIsInBattle") == 0


def test_a_level_gained_recomputes_the_stats_and_keeps_the_wounds(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH, GROWL], short_of_next=1))
    wild(bench, SMALL_BIRD, 2)
    while bench.to_battle_menu():
        bench.fight(0)
    mon = bench.member()
    stat_exp = tuple(word(mon, 17 + 2 * i) for i in range(5))
    assert mon[33] == 6
    assert [word(mon, 34 + 2 * i) for i in range(5)] == bench.rom.stats(FIRE, 6, mon[27:29], stat_exp)
    assert 0 < word(mon, 1) <= word(mon, 34)


def test_a_free_slot_takes_a_new_move(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 8, [SCRATCH, GROWL], short_of_next=1))
    wild(bench, SMALL_BIRD, 2)
    while bench.to_battle_menu():
        bench.fight(0)
    mon = bench.member()
    assert mon[33] == 9
    assert list(mon[8:12]) == [SCRATCH, GROWL, EMBER, 0]
    assert mon[31] == bench.rom.move(EMBER)[5]


def test_a_full_set_asks_which_move_to_drop(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 8, [SCRATCH, GROWL, TACKLE, 39], short_of_next=1))
    wild(bench, SMALL_BIRD, 2)
    while bench.to_battle_menu():
        bench.fight(0)
    assert list(bench.member()[8:12]) == [EMBER, GROWL, TACKLE, 39]


def test_running_from_a_slower_monster_ends_the_battle(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 20, [SCRATCH]))
    wild(bench, SMALL_BIRD, 2)
    assert bench.to_battle_menu()
    bench.choose(3)
    assert not bench.to_battle_menu()
    assert bench.byte("wBattleResult") == 2
    assert bench.byte("wIsInBattle") == 0
    assert bench.byte("wCurOpponent") == 0


def test_running_from_a_faster_monster_counts_the_attempts(bench: Bench) -> None:
    bench.party(bench.rom.member(SEED, 2, [TACKLE], hp=200))
    wild(bench, SMALL_RAT, 40)
    assert bench.to_battle_menu()
    tries = 0
    while bench.fighting and tries < 3:
        bench.choose(3)
        tries += 1
        still = bench.to_battle_menu()
        assert bench.byte("wNumRunAttempts") == tries
        if not still:
            break


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


def test_losing_the_last_monster_blacks_out(bench: Bench) -> None:
    bench.write("wPlayerMoney", bytes([0x00, 0x30, 0x01]))
    bench.party(bench.rom.member(FIRE, 5, [GROWL], hp=1))
    wild(bench, SMALL_RAT, 30)
    lost = False
    for _ in range(300):
        bench.press("a")
        if bench.byte("wIsInBattle") not in (1, 2):
            lost = True
            break
    assert lost
    assert bench.byte("wBattleResult") == 1
    bench.boy.tick(120, False, False)
    assert bench.read("wPlayerMoney", 3) == bytes([0x00, 0x15, 0x00])
    assert word(bench.member(), 1) == word(bench.member(), 34)
    assert bench.byte("wCurMap") == bench.byte("wLastBlackoutMap")


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


def test_seeds_drain_a_sixteenth_each_turn(bench: Bench) -> None:
    bench.party(bench.rom.member(SEED, 30, [LEECH_SEED, GROWL]))
    wild(bench, SMALL_RAT, 9)
    assert bench.to_battle_menu()
    for _ in range(4):
        if bench.byte("wEnemyBattleStatus2") & 0x80:
            break
        bench.fight(0)
    assert bench.byte("wEnemyBattleStatus2") & 0x80
    before = word(bench.read("wEnemyMon", 3), 1)
    bench.fight(1)
    part = max(word(bench.read("wEnemyMon", 29), 15) // 16, 1)
    assert before - word(bench.read("wEnemyMon", 3), 1) == part


def bag(bench: Bench, item: int, quantity: int = 1) -> None:
    bench.write("wNumBagItems", 1)
    bench.write("wBagItems", bytes([item, quantity, 0xFF]))


def use_first_item(bench: Bench) -> None:
    bench.choose(1)
    bench.boy.tick(20, False, False)
    bench.press("a", released=16)


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


def test_a_wild_monster_has_its_level_moves_and_stats_of_its_dvs(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH]))
    wild(bench, SMALL_RAT, 7, wait=11)
    foe = bench.read("wEnemyMon", 29)
    stats = bench.rom.stats(SMALL_RAT, 7, foe[12:14])
    assert [word(foe, 15 + 2 * i) for i in range(5)] == stats
    assert word(foe, 1) == stats[0]
    assert foe[14] == 7
    assert foe[8:12] == bytes([33, 39, 98, 0])
    assert bench.read("wEnemyMonBaseStats", 7) == bench.rom.header(SMALL_RAT)[1:6] + bench.rom.header(SMALL_RAT)[8:10]
