"""The evolvable parameters of a strategy: their names, types, defaults and bounds, written once.

The first twelve are the original project's; values outside the search bounds but inside `limits` are playable, because
known variants use them (no snapshots at all, a door cooldown of 2).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal, get_args

import msgspec

Axis = Literal["x", "y"]


class GenomeError(ValueError):
    """One sentence that says which parameter is wrong and what it may be."""


class Genome(msgspec.Struct, frozen=True, kw_only=True):
    """One set of parameters; the defaults are the original's."""

    stuck_threshold: int = 8
    """Stuck turns before a waypoint is skipped."""
    door_cooldown: int = 8
    """Turns walking away from a door after leaving a building; read by nothing yet (docs/player.md)."""
    waypoint_skip_distance: int = 3
    """Cells (Manhattan) within which a waypoint may be skipped when stuck; read by nothing yet (docs/player.md)."""
    axis_preference_map_0: Axis = "y"
    """Preferred axis on map 0."""
    bt_max_snapshots: int = 8
    """Snapshots in the backtracking ring; 0 switches backtracking off."""
    bt_restore_threshold: int = 15
    """Stuck turns before a snapshot is restored."""
    bt_max_attempts: int = 3
    """Restores of one snapshot before it is discarded."""
    bt_snapshot_interval: int = 50
    """Turns after which a snapshot is due."""
    hp_run_threshold: float = 0.2
    """HP ratio below which to run from wild battles."""
    hp_heal_threshold: float = 0.25
    """HP ratio below which to use a healing item."""
    unknown_move_score: float = 10.0
    """Score of a move that the move table does not know."""
    status_move_score: float = 1.0
    """Score of a move with no power."""

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Genome:
        """A genome from outside (file, environment, LLM); GenomeError for an unknown key, a wrong type or range."""
        for name, value in values.items():
            if name not in PARAMETERS:
                raise GenomeError(f"Unknown genome parameter {name!r}; known are {', '.join(PARAMETERS)}.")
            PARAMETERS[name].check(value)
        converted = {name: PARAMETERS[name].convert(value) for name, value in values.items()}
        return cls(**converted)

    @classmethod
    def clamp(cls, values: Mapping[str, Any]) -> Genome:
        """A genome inside the search bounds from any values: coerced, clamped, hopeless ones replaced by defaults."""
        return cls(**{name: parameter.clamp(values.get(name)) for name, parameter in PARAMETERS.items()})

    def to_mapping(self) -> dict[str, int | float | str]:
        """Every parameter by name, in the order of the definition."""
        return {name: getattr(self, name) for name in PARAMETERS}

    def differences(self) -> dict[str, int | float | str]:
        """The parameters that are not at their default."""
        return {name: value for name, value in self.to_mapping().items() if value != PARAMETERS[name].default}


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """Type, default, search bounds and playable limits of one parameter."""

    name: str
    kind: Literal["int", "float", "choice"]
    default: int | float | str
    low: float = 0
    high: float = 0
    limit_low: float = 0
    limit_high: float = 0
    choices: tuple[str, ...] = ()

    def check(self, value: object) -> None:
        """Refuse a value of the wrong type or outside the playable limits with a sentence."""
        if self.kind == "choice":
            if value not in self.choices:
                raise GenomeError(f"Genome parameter {self.name} must be one of {', '.join(self.choices)}.")
            return
        allowed = int if self.kind == "int" else (int, float)
        if isinstance(value, bool) or not isinstance(value, allowed):
            word = "a whole number" if self.kind == "int" else "a number"
            raise GenomeError(f"Genome parameter {self.name} must be {word}, not {type(value).__name__}.")
        if not self.limit_low <= value <= self.limit_high:  # also refuses NaN
            raise GenomeError(
                f"Genome parameter {self.name} must be from {self.limit_low:g} to {self.limit_high:g}, not {value}."
            )

    def convert(self, value: Any) -> Any:
        """A checked value in its own type (a whole number given for a float becomes one)."""
        return float(value) if self.kind == "float" else value

    def clamp(self, value: Any) -> Any:
        """`value` coerced to the type and clamped to the search bounds; the default when that is impossible."""
        if self.kind == "choice":
            return value if isinstance(value, str) and value in self.choices else self.default
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            return self.default
        if math.isnan(number):
            return self.default
        number = min(max(number, self.low), self.high)
        return int(number) if self.kind == "int" else float(number)


def _whole(name: str, low: int, high: int, limit_low: int = 1) -> Parameter:
    return Parameter(
        name=name, kind="int", default=_DEFAULTS[name], low=low, high=high, limit_low=limit_low, limit_high=10_000
    )


def _real(name: str, low: float, high: float, limit_high: float) -> Parameter:
    return Parameter(name=name, kind="float", default=_DEFAULTS[name], low=low, high=high, limit_high=limit_high)


_DEFAULTS: dict[str, Any] = msgspec.structs.asdict(Genome())

PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        _whole("stuck_threshold", 3, 20),
        _whole("door_cooldown", 4, 16, limit_low=0),
        _whole("waypoint_skip_distance", 1, 8, limit_low=0),
        Parameter(name="axis_preference_map_0", kind="choice", default="y", choices=get_args(Axis)),
        _whole("bt_max_snapshots", 2, 16, limit_low=0),
        _whole("bt_restore_threshold", 8, 30),
        _whole("bt_max_attempts", 1, 5),
        _whole("bt_snapshot_interval", 20, 100),
        _real("hp_run_threshold", 0.05, 0.5, 1),
        _real("hp_heal_threshold", 0.1, 0.6, 1),
        _real("unknown_move_score", 1, 30, 1000),
        _real("status_move_score", 0, 10, 1000),
    )
}
"""Every parameter by name; its order is the order of `Genome.to_mapping`."""
