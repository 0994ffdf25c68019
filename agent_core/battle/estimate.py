"""Expected damage, turns to faint and the chance to win, from RAM structs and ROM tables (gen1 5.3-5.5)."""

from __future__ import annotations

import math
from functools import lru_cache

import msgspec

from agent_core.gen1 import rules
from agent_core.gen1.rom import Move, Tables
from agent_core.gen1.state import Battle, BattleMon

NO_DAMAGE_TURNS = 99.0
ACCURACY, EVASION = 4, 5


class Blow(msgspec.Struct, frozen=True):
    """What one use of a move does on average."""

    mean: float
    """Expected damage, misses and critical hits counted."""
    hit: float
    least: int
    """Damage of the weakest hit that is not critical."""


@lru_cache(maxsize=4096)
def _mean_roll(damage: int) -> float:
    values = rules.rolls(damage)
    return sum(values) / len(values)


def blow(
    tables: Tables,
    move: Move,
    attacker: BattleMon,
    defender: BattleMon,
    accuracy_stage: int = rules.NEUTRAL_STAGE,
    evasion_stage: int = rules.NEUTRAL_STAGE,
) -> Blow:
    """One move of `attacker` on `defender`; moves without power do nothing here."""
    if not move.power:
        return Blow(0.0, 0.0, 0)
    special = rules.is_special(move.type)
    attack = attacker.special if special else attacker.attack
    defense = defender.special if special else defender.defense
    stab = move.type in attacker.types
    factors = tables.multipliers(move.type, defender.types)
    plain = rules.typed_damage(rules.base_damage(attacker.level, move.power, attack, defense), stab, factors)
    critical = rules.typed_damage(rules.base_damage(2 * attacker.level, move.power, attack, defense), stab, factors)
    species = tables.species.get(attacker.species)
    chance = rules.critical_chance(species.speed if species else 0, move.high_critical)
    hit = rules.hit_chance(move.accuracy, accuracy_stage, evasion_stage)
    mean = hit * ((1 - chance) * _mean_roll(plain) + chance * _mean_roll(critical))
    return Blow(mean, hit, rules.rolls(plain)[0])


def usable_moves(battle: Battle) -> list[int]:
    """Slots of the active mon that have PP and are not disabled."""
    return [
        slot
        for slot, points in enumerate(battle.player.pp)
        if points and battle.disabled_slot != slot + 1 and slot < len(battle.player.moves)
    ]


def blows(tables: Tables, battle: Battle) -> dict[int, Blow]:
    """Expected effect of every usable move slot of the active mon."""
    return {
        slot: blow(
            tables,
            tables.moves[battle.player.moves[slot]],
            battle.player,
            battle.enemy,
            battle.player_stages[ACCURACY],
            battle.enemy_stages[EVASION],
        )
        for slot in usable_moves(battle)
        if battle.player.moves[slot] in tables.moves
    }


def enemy_damage(tables: Tables, battle: Battle) -> float:
    """Expected damage of one enemy turn: every known move equally likely."""
    known = [tables.moves[move] for move in battle.enemy.moves if move in tables.moves]
    if not known:
        return 0.0
    return sum(
        blow(
            tables, move, battle.enemy, battle.player, battle.enemy_stages[ACCURACY], battle.player_stages[EVASION]
        ).mean
        for move in known
    ) / len(known)


def turns_to_faint(hp: int, damage: float) -> float:
    """Turns until `hp` is gone at `damage` a turn."""
    return min(math.ceil(hp / damage), NO_DAMAGE_TURNS) if damage > 0 else NO_DAMAGE_TURNS


def win_chance(tables: Tables, battle: Battle) -> float:
    """A rough chance to win the exchange of blows with the best move: 0 hopeless, 1 certain."""
    best = max((item.mean for item in blows(tables, battle).values()), default=0.0)
    mine = turns_to_faint(battle.enemy.hp, best)
    theirs = turns_to_faint(battle.player.hp, enemy_damage(tables, battle))
    if mine >= NO_DAMAGE_TURNS:
        return 0.0
    first = 0.5 if battle.player.speed >= battle.enemy.speed else -0.5
    return 1 / (1 + math.exp(-1.2 * (theirs - mine + first)))
