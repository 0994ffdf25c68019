"""Battles of the practice cartridge, judged by what RAM shows and by the formulas of gen1 section 5."""

from collections.abc import Iterator

import pytest

from tests.cartridge.battle_bench import RAM, RATIOS, Bench, damages, wild, word

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


@pytest.mark.parametrize(
    ("mine", "move", "foe", "foe_level"),
    [
        ((FIRE, 5), SCRATCH, SMALL_RAT, 3),
        ((FIRE, 12), EMBER, SEED, 9),
        ((SEED, 9), 22, WATER, 8),
        ((WATER, 9), 145, FIRE, 8),
        ((FIRE, 9), EMBER, WATER, 9),
        ((FIRE, 80), EMBER, SEED, 99),
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


def test_badges_raise_the_stats_of_the_player_only(bench: Bench) -> None:
    mon = bench.rom.member(FIRE, 50, [SCRATCH])
    bench.party(mon)
    bench.write("wObtainedBadges", 0x01 | 0x10)
    wild(bench, SMALL_BIRD, 50)
    assert bench.to_battle_menu()
    plain = [word(mon, 36 + 2 * i) for i in range(4)]
    boosted = [word(bench.read("wBattleMon", 29), 17 + 2 * i) for i in range(4)]
    assert boosted == [plain[0] + plain[0] // 8, plain[1], plain[2] + plain[2] // 8, plain[3]]
    assert [word(bench.read("wPlayerMonUnmodifiedLevel", 11), 3 + 2 * i) for i in range(4)] == plain


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


@pytest.mark.parametrize("worn", [1, 4, 16, 225, 1024, 9999, 40000, 65000, 65535])
def test_training_raises_the_stats_of_the_next_level(bench: Bench, worn: int) -> None:
    mon = bytearray(bench.rom.member(FIRE, 60, [SCRATCH], short_of_next=1))
    for i in range(5):
        mon[17 + 2 * i : 19 + 2 * i] = worn.to_bytes(2, "big")
    bench.party(bytes(mon))
    wild(bench, SMALL_BIRD, 7)
    while bench.to_battle_menu():
        bench.fight(0)
    trained = bench.member()
    stat_exp = tuple(word(trained, 17 + 2 * i) for i in range(5))
    head = bench.rom.header(SMALL_BIRD)
    assert stat_exp == tuple(min(worn + gain, 0xFFFF) for gain in head[1:6])
    assert trained[33] == 61
    assert [word(trained, 34 + 2 * i) for i in range(5)] == bench.rom.stats(FIRE, 61, trained[27:29], stat_exp)


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
    while bench.to_battle_menu("a"):
        bench.choose(0)
        bench.pick_move(0)
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


def test_losing_the_last_monster_blacks_out(bench: Bench) -> None:
    bench.write("wPlayerMoney", bytes([0x00, 0x30, 0x01]))
    bench.party(bench.rom.member(FIRE, 5, [GROWL], hp=1))
    wild(bench, SMALL_RAT, 30)
    for _ in range(300):
        bench.press("a")
        if not bench.fighting:
            break
    assert bench.byte("wIsInBattle") == 0xFF
    assert bench.byte("wBattleResult") == 1
    bench.boy.tick(120, False, False)
    assert bench.read("wPlayerMoney", 3) == bytes([0x00, 0x15, 0x00])
    assert word(bench.member(), 1) == word(bench.member(), 34)
    assert bench.byte("wCurMap") == bench.byte("wLastBlackoutMap")


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


@pytest.mark.parametrize(("species", "level"), [(SMALL_RAT, 7), (SMALL_BIRD, 15), (FIRE, 50), (WATER, 83), (SEED, 100)])
def test_a_wild_monster_has_the_stats_of_its_dvs(bench: Bench, species: int, level: int) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH]))
    wild(bench, species, level, wait=level)
    assert bench.to_battle_menu()
    foe = bench.read("wEnemyMon", 29)
    stats = bench.rom.stats(species, level, foe[12:14])
    assert [word(foe, 15 + 2 * i) for i in range(5)] == stats
    assert word(foe, 1) == stats[0]
    assert foe[14] == level
    head = bench.rom.header(species)
    assert foe[5:7] == head[6:8]
    built = bench.read(RAM["wLoadedMon"], 44)
    assert int.from_bytes(built[14:17], "big") == bench.rom.experience(head[19], level)
    assert bench.read("wEnemyMonBaseStats", 7) == head[1:6] + head[8:10]


def test_a_wild_monster_knows_the_moves_of_its_level(bench: Bench) -> None:
    bench.party(bench.rom.member(FIRE, 5, [SCRATCH]))
    wild(bench, SMALL_RAT, 7)
    assert bench.to_battle_menu()
    foe = bench.read("wEnemyMon", 29)
    assert foe[8:12] == bytes([33, 39, 98, 0])
    assert foe[25:29] == bytes([*(bench.rom.move(move)[5] for move in (33, 39, 98)), 0])


def test_without_any_pp_the_monster_struggles(bench: Bench) -> None:
    mon = bytearray(bench.rom.member(FIRE, 20, [SCRATCH]))
    mon[29] = 0
    bench.party(bytes(mon))
    wild(bench, SMALL_BIRD, 20)
    assert bench.to_battle_menu()
    bench.choose(0)
    bench.press("a")
    assert bench.byte("wPlayerSelectedMove") == STRUGGLE
    for _ in range(6):  # it may miss, like every move
        again = bench.to_battle_menu()
        if not again or word(bench.read("wBattleMon", 3), 1) < word(mon, 1):
            break
        bench.choose(0)
        bench.press("a")
    assert word(bench.read("wBattleMon", 3), 1) < word(mon, 1)


def test_an_empty_move_is_refused_and_costs_nothing(bench: Bench) -> None:
    mon = bytearray(bench.rom.member(FIRE, 20, [SCRATCH, GROWL]))
    mon[29] = 0
    bench.party(bytes(mon))
    wild(bench, SMALL_BIRD, 5)
    assert bench.to_battle_menu()
    assert bench.fight(0)
    assert word(bench.read("wBattleMon", 3), 1) == word(mon, 1)
    assert bench.byte("wPlayerUsedMove") == 0


def test_sleep_leaves_no_move_menu_and_counts_down(bench: Bench) -> None:
    mon = bytearray(bench.rom.member(FIRE, 40, [SCRATCH]))
    mon[4] = 3
    bench.party(bytes(mon))
    wild(bench, SMALL_BIRD, 3)
    assert bench.to_battle_menu()
    for left in (2, 1, 0):
        bench.choose(0)
        assert bench.to_battle_menu()
        assert bench.read("wBattleMon", 5)[4] == left
    assert word(bench.read("wEnemyMon", 3), 1) == word(bench.read("wEnemyMon", 29), 15)


def test_poison_takes_a_sixteenth_and_paralysis_slows(bench: Bench) -> None:
    mon = bytearray(bench.rom.member(FIRE, 40, [GROWL]))
    mon[4] = 0x48
    bench.party(bytes(mon))
    wild(bench, SEED, 2)
    assert bench.to_battle_menu()
    assert word(bench.read("wBattleMon", 29), 21) == word(mon, 40) // 4
    before = word(bench.read("wBattleMon", 3), 1)
    bench.write(RAM["wEnemyMon"] + 8, bytes([GROWL, 0, 0, 0]))
    bench.fight(0)
    assert before - word(bench.read("wBattleMon", 3), 1) == word(mon, 34) // 16
    bench.choose(3)
    bench.to_battle_menu()
    assert bench.member()[4] == 0x48
