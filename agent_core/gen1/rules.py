"""The rules of the game that no table of the ROM states: damage, hit and run chances (gen1 3.7, 5.3-5.5, 5.9)."""

from __future__ import annotations

from functools import cache

SPECIAL_TYPES_FROM = 0x14
FIRST_INDOOR_MAP = 0x25
NEUTRAL_STAGE = 7
STAGE_PERCENT = (25, 28, 33, 40, 50, 66, 100, 150, 200, 250, 300, 350, 400)
RANDOM_LOW, RANDOM_HIGH = 217, 255

OVERWORLD, SHIP, SHIP_PORT, FOREST, PLATEAU = 0, 13, 14, 3, 23
CARPET_TILESETS = frozenset({OVERWORLD, SHIP, SHIP_PORT, PLATEAU})


def is_special(kind: int) -> bool:
    """Moves of this type use Special against Special (gen1 5.3)."""
    return kind >= SPECIAL_TYPES_FROM


def base_damage(level: int, power: int, attack: int, defense: int) -> int:
    """Damage before STAB, types and the random factor; a critical hit doubles `level` (gen1 5.3)."""
    if attack > 255 or defense > 255:
        attack, defense = attack // 4 & 0xFF, defense // 4 & 0xFF
    raw = (2 * level // 5 + 2) * power * max(attack, 1) // max(defense, 1) // 50
    return min(raw, 997) + 2


def typed_damage(damage: int, stab: bool, multipliers: tuple[int, ...]) -> int:
    """Damage after STAB and every matching row of the type chart (x10), floored each time."""
    if stab:
        damage += damage // 2
    for factor in multipliers:
        damage = damage * factor // 10
    return damage


@cache
def rolls(damage: int) -> tuple[int, ...]:
    """The 39 equally likely damages after the random factor (gen1 5.3)."""
    if damage <= 1:
        return (damage,)
    return tuple(damage * roll // 255 for roll in range(RANDOM_LOW, RANDOM_HIGH + 1))


def hit_chance(accuracy: int, accuracy_stage: int, evasion_stage: int) -> float:
    """Chance that a move with accuracy byte `accuracy` hits: even 255 misses once in 256 (gen1 5.5)."""
    value = accuracy * STAGE_PERCENT[_index(accuracy_stage)] // 100
    value = value * STAGE_PERCENT[12 - _index(evasion_stage)] // 100
    return min(max(value, 1), 255) / 256


def critical_chance(base_speed: int, high_critical: bool) -> float:
    """Chance of a critical hit, from the attacker's base Speed (gen1 5.4)."""
    threshold = min(base_speed // 2 * (8 if high_critical else 1), 255)
    return threshold / 256


def run_chance(player_speed: int, enemy_speed: int, attempts: int) -> float:
    """Chance to flee a wild battle at the `attempts`-th try (gen1 5.9)."""
    divisor = enemy_speed // 4 & 0xFF
    if player_speed >= enemy_speed or divisor == 0:
        return 1.0
    quotient = player_speed * 32 // divisor
    return min((quotient + 30 * max(attempts - 1, 0) + 1) / 256, 1.0)


def _index(stage: int) -> int:
    return min(max(stage, 1), 13) - 1
