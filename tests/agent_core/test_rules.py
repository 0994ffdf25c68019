"""The arithmetic of battles, against figures worked out by hand from gen1 5."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.gen1 import rules


def test_a_level_five_scratch_does_what_the_formula_says() -> None:
    base = rules.base_damage(level=5, power=40, attack=11, defense=11)
    assert base == 4 * 40 * 11 // 11 // 50 + 2 == 5
    assert rules.typed_damage(base, stab=False, multipliers=()) == 5
    assert rules.typed_damage(base, stab=True, multipliers=()) == 7
    assert rules.typed_damage(7, stab=False, multipliers=(20, 5)) == 7


def test_stats_above_a_byte_are_both_divided_by_four() -> None:
    assert rules.base_damage(50, 80, 300, 100) == rules.base_damage(50, 80, 75, 25)


def test_the_random_factor_lies_between_217_and_255_of_255() -> None:
    assert rules.rolls(100) == tuple(100 * roll // 255 for roll in range(217, 256))
    assert rules.rolls(1) == (1,)


def test_even_a_perfect_move_misses_once_in_256() -> None:
    assert rules.hit_chance(255, 7, 7) == 255 / 256
    assert rules.hit_chance(255, 6, 7) == pytest.approx(168 / 256)
    assert rules.hit_chance(255, 7, 8) == pytest.approx(168 / 256)


def test_critical_hits_follow_base_speed() -> None:
    assert rules.critical_chance(65, high_critical=False) == 32 / 256
    assert rules.critical_chance(65, high_critical=True) == 255 / 256


def test_the_faster_side_always_gets_away() -> None:
    assert rules.run_chance(10, 10, 1) == 1.0
    assert rules.run_chance(1, 3, 1) == 1.0
    assert rules.run_chance(10, 40, 1) == pytest.approx((32 + 1) / 256)
    assert rules.run_chance(10, 40, 2) == pytest.approx((32 + 30 + 1) / 256)


def test_types_from_fire_on_are_special() -> None:
    assert rules.is_special(0x14)
    assert not rules.is_special(0x08)


@given(st.integers(1, 100), st.integers(1, 250), st.integers(1, 999), st.integers(1, 999))
def test_damage_stays_inside_its_caps(level: int, power: int, attack: int, defense: int) -> None:
    assert 2 <= rules.base_damage(level, power, attack, defense) <= 999
