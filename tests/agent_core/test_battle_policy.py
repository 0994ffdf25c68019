"""Expected damage and the scores of what could be done with it."""

from __future__ import annotations

import msgspec
import pytest

from agent_core.battle import estimate
from agent_core.battle.policy import battle_question, replacement
from agent_core.gen1.rom import Move, read_tables
from agent_core.gen1.state import Battle, BattleMon, GameState, PartyMember, StateReader
from agent_core.genome import Genome
from agent_core.strategy.heuristic import Heuristic
from tests.agent_core.small_world import EMBER, GROWL, LEAFY, ROCKY, SLASH, TACKLE, FlatMemory, small_rom

TABLES = read_tables(small_rom())
GENOME = Genome()


def mon(species: int = ROCKY, **changes: object) -> BattleMon:
    base = BattleMon(species, 20, 20, 5, 0, (0, 0), (TACKLE,), (35,), 11, 11, 11, 11)
    return msgspec.structs.replace(base, **changes)


def battle(player: BattleMon, enemy: BattleMon, **changes: object) -> Battle:
    neutral = (7,) * 6
    base = Battle(2, 0, 25, player, enemy, 0, neutral, neutral, (0, 0, 0), (0, 0, 0), 0, 0, 0)
    return msgspec.structs.replace(base, **changes)


def state(*members: PartyMember, bag: tuple[tuple[int, int], ...] = ()) -> GameState:
    empty = StateReader(FlatMemory()).read()
    return msgspec.structs.replace(empty, party=members, bag=bag)


def member(level: int, hp: int) -> PartyMember:
    return PartyMember(ROCKY, hp, 20, level, 0, (5, 5), (TACKLE,), (35,), 0, 11, 11, 11, 11)


def options(of: Battle, at: GameState | None = None, genome: Genome = GENOME) -> dict[str, float]:
    question = battle_question(TABLES, of, at or state(), genome)
    return {option.id: option.score for option in question.options}


def choice(of: Battle, at: GameState | None = None, genome: Genome = GENOME) -> str:
    return Heuristic().choose(battle_question(TABLES, of, at or state(), genome))


def test_a_status_move_does_no_damage() -> None:
    assert estimate.blow(TABLES, TABLES.moves[GROWL], mon(), mon()).mean == 0


def test_expected_damage_counts_misses_and_critical_hits() -> None:
    blow = estimate.blow(TABLES, TABLES.moves[TACKLE], mon(), mon(types=(0x14, 0x14)))
    assert blow.hit == pytest.approx(242 / 256)
    assert blow.least <= blow.mean <= 14
    nobody = estimate.blow(TABLES, TABLES.moves[TACKLE], mon(species=99), mon())
    assert nobody.mean < blow.mean


def test_special_moves_use_special_and_the_type_chart() -> None:
    weak = estimate.blow(TABLES, TABLES.moves[EMBER], mon(special=11), mon(types=(0x16, 0x03)))
    plain = estimate.blow(TABLES, TABLES.moves[EMBER], mon(special=11), mon(types=(0, 0)))
    assert weak.mean > 1.8 * plain.mean


def test_moves_without_pp_and_disabled_moves_are_not_usable() -> None:
    fighter = mon(moves=(TACKLE, SLASH, EMBER), pp=(0, 20, 25))
    assert estimate.usable_moves(battle(fighter, mon(), disabled_slot=2)) == [2]


def test_the_side_that_hits_harder_is_likely_to_win() -> None:
    strong = battle(mon(attack=60), mon())
    assert estimate.win_chance(TABLES, strong) > 0.9
    assert estimate.win_chance(TABLES, battle(mon(), mon(attack=60, speed=50))) < 0.2
    assert estimate.win_chance(TABLES, battle(mon(moves=(GROWL,), pp=(40,)), mon())) == 0
    assert estimate.enemy_damage(TABLES, battle(mon(), mon(moves=()))) == 0


def test_the_move_with_the_greatest_expected_damage_is_chosen() -> None:
    fighter = mon(moves=(GROWL, TACKLE, SLASH), pp=(40, 35, 20))
    assert choice(battle(fighter, mon(hp=200, max_hp=200))) == "fight:2"
    scores = options(battle(fighter, mon()))
    assert scores["fight:0"] == GENOME.status_move_score


def test_a_move_of_fixed_damage_scores_as_unknown() -> None:
    sonic = Move(49, "FIXED", 41, 1, 0, 229, 20, False)
    tables = msgspec.structs.replace(TABLES, moves={**TABLES.moves, 49: sonic})
    of = battle(mon(moves=(49,), pp=(20,)), mon())
    question = battle_question(tables, of, state(), GENOME)
    assert question.options[0].score == GENOME.unknown_move_score


def test_without_any_usable_move_one_struggles() -> None:
    assert choice(battle(mon(pp=(0,)), mon())) == "fight:0"


def test_a_weak_player_runs_from_a_wild_battle() -> None:
    assert choice(battle(mon(hp=3), mon(), kind=1)) == "run"
    assert "run" not in options(battle(mon(hp=3), mon()))


def test_a_wild_opponent_that_falls_at_once_is_fought_when_fleeing_is_slow() -> None:
    easy = battle(mon(attack=200, speed=5), mon(hp=1, speed=60), kind=1)
    assert choice(easy) == "fight:0"
    assert choice(battle(mon(speed=60), mon(hp=20), kind=1)) == "run"


def test_nothing_is_gained_by_fighting_without_damage() -> None:
    harmless = battle(mon(moves=(GROWL,), pp=(40,)), mon(), kind=1)
    assert choice(harmless) == "run"


def test_a_potion_is_used_when_low_and_not_winning_anyway() -> None:
    low = battle(mon(hp=4, max_hp=20), mon(attack=14))
    bag = ((4, 5), (20, 1))
    assert choice(low, state(bag=bag)) == "item:1"
    assert choice(low, state()) == "fight:0"
    assert choice(battle(mon(hp=5), mon(hp=1, attack=1)), state(bag=bag)) == "fight:0"


def test_a_member_that_can_do_no_harm_makes_room_for_another() -> None:
    harmless = battle(mon(moves=(GROWL,), pp=(40,)), mon())
    assert choice(harmless, state(member(5, 20), member(9, 12))) == "switch:1"
    assert choice(harmless, state(member(5, 20))) == "fight:0"


def test_the_healthiest_other_member_replaces_a_fallen_one() -> None:
    party = state(member(9, 0), member(5, 10), member(7, 3))
    assert replacement(party, 0) == 2
    assert replacement(state(member(9, 0)), 0) is None


def test_the_question_tells_an_advisor_the_situation() -> None:
    question = battle_question(TABLES, battle(mon(), mon(species=LEAFY), kind=1), state(), GENOME)
    assert question.summary == "wild battle: 20/20 HP at level 5 against 20/20 at level 5"
