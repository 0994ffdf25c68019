"""The strategy without a model: the option that the player's own scores find best."""

from __future__ import annotations

from agent_core.strategy.base import HighestScore


class Heuristic(HighestScore):
    """Takes the highest score, the first of equals; asks nobody."""
