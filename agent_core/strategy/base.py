"""What a strategy decides: one option out of a short menu that the player has scored or described."""

from __future__ import annotations

from typing import Any, Literal, Protocol

import msgspec

QuestionKind = Literal["battle", "starter", "errand", "overworld"]


class Option(msgspec.Struct, frozen=True):
    """One thing that the player could do now."""

    id: str
    """Short, stable name, unique in its question, for example "fight:2" or "flee"."""
    text: str = ""
    """What it means, for an advisor."""
    score: float = 0.0
    """How good the player's own knowledge finds it; higher is better."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that the player asks its strategy for."""

    kind: QuestionKind
    options: tuple[Option, ...]
    """At least one; the strategy answers with the id of one of them."""
    summary: str = ""
    """The situation in one line, for an advisor."""
    stuck_turns: int = 0
    map_changed: bool = False
    context: Any = None
    """The typed state behind the question (Battle for "battle"); strategies that know the type may use it."""


class Strategy(Protocol):
    """Chooses; must be deterministic, or record what it was told (see advised.py)."""

    @property
    def name(self) -> str: ...

    def choose(self, question: Question) -> str:
        """The id of one of `question.options`."""
        ...


class HighestScore:
    """Takes the option with the highest score, the first of equals."""

    name = "heuristic"

    def choose(self, question: Question) -> str:
        return max(question.options, key=lambda option: option.score).id
