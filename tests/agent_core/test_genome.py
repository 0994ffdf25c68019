from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.genome import PARAMETERS, Genome, GenomeError

ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers(), max_size=2)


def test_the_defaults_are_the_originals() -> None:
    assert Genome().to_mapping() == {
        "stuck_threshold": 8,
        "door_cooldown": 8,
        "waypoint_skip_distance": 3,
        "axis_preference_map_0": "y",
        "bt_max_snapshots": 8,
        "bt_restore_threshold": 15,
        "bt_max_attempts": 3,
        "bt_snapshot_interval": 50,
        "hp_run_threshold": 0.2,
        "hp_heal_threshold": 0.25,
        "unknown_move_score": 10.0,
        "status_move_score": 1.0,
    }


def test_every_field_is_a_parameter_with_its_default_inside_its_bounds() -> None:
    assert tuple(PARAMETERS) == Genome.__struct_fields__
    assert Genome.clamp({}) == Genome.from_mapping(Genome().to_mapping()) == Genome()


@given(st.dictionaries(st.sampled_from(list(PARAMETERS)) | st.text(), ANYTHING))
def test_clamping_always_gives_a_genome_inside_the_search_bounds(values: dict[str, Any]) -> None:
    genome = Genome.clamp(values)
    for name, parameter in PARAMETERS.items():
        value = getattr(genome, name)
        if parameter.kind == "choice":
            assert value in parameter.choices
        else:
            assert parameter.low <= value <= parameter.high
            assert type(value) is (int if parameter.kind == "int" else float)
    assert Genome.clamp(genome.to_mapping()) == genome
    assert Genome.from_mapping(genome.to_mapping()) == genome


@given(st.dictionaries(st.sampled_from(list(PARAMETERS)) | st.text(), ANYTHING))
def test_values_from_outside_give_a_genome_or_one_sentence(values: dict[str, Any]) -> None:
    try:
        genome = Genome.from_mapping(values)
    except GenomeError as error:
        assert str(error).endswith(".")
    else:
        assert {name: getattr(genome, name) for name in values} == values


@pytest.mark.parametrize(
    ("value", "clamped"),
    [
        ("12", 12),
        (99, 20),
        (-1, 3),
        (7.9, 7),
        (True, 3),
        (None, 8),
        ("many", 8),
        (math.nan, 8),
        (math.inf, 20),
        ([], 8),
    ],
)
def test_clamping_a_whole_number_coerces_then_bounds(value: object, clamped: int) -> None:
    assert Genome.clamp({"stuck_threshold": value}).stuck_threshold == clamped


def test_clamping_replaces_an_unknown_choice_by_the_default() -> None:
    assert Genome.clamp({"axis_preference_map_0": "z"}).axis_preference_map_0 == "y"
    assert Genome.clamp({"axis_preference_map_0": "x"}).axis_preference_map_0 == "x"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"speed": 1}, "Unknown genome parameter 'speed'"),
        ({"stuck_threshold": 8.0}, "must be a whole number, not float"),
        ({"stuck_threshold": True}, "must be a whole number, not bool"),
        ({"hp_run_threshold": "0.2"}, "must be a number, not str"),
        ({"hp_run_threshold": math.nan}, "from 0 to 1"),
        ({"stuck_threshold": 0}, "from 1 to 10000, not 0"),
        ({"axis_preference_map_0": "z"}, "one of x, y"),
    ],
)
def test_a_wrong_parameter_is_refused_with_its_reason(values: dict[str, Any], words: str) -> None:
    with pytest.raises(GenomeError, match=words):
        Genome.from_mapping(values)


def test_known_variants_outside_the_search_bounds_are_playable() -> None:
    genome = Genome.from_mapping({"door_cooldown": 2, "bt_max_snapshots": 0, "status_move_score": 5})
    assert genome.differences() == {"door_cooldown": 2, "bt_max_snapshots": 0, "status_move_score": 5.0}
    assert isinstance(genome.status_move_score, float)
