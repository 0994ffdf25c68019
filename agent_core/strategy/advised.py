"""The seam where an advisor (a language model, a person) plugs in: it may pick from a short menu, nothing more."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Literal, Protocol

import msgspec

from agent_core.strategy.base import Option, Question, Strategy
from agent_core.telemetry import Advice

STUCK_TURNS = 10
"""Stuck turns from which strategy "medium" asks (the original's figure)."""
LONGEST_MENU = 12
LONGEST_ANSWER = 200


class AdviceRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the advisor is told."""

    trigger: str
    kind: str
    summary: str
    options: tuple[Option, ...]
    """The best options by the player's own score, at most LONGEST_MENU."""


class Advisor(Protocol):
    def advise(self, request: AdviceRequest) -> str | None:
        """The id of one option, or None for no advice; may raise and may answer nonsense."""
        ...


class AdvisedStrategy:
    """Asks the advisor at its triggers, checks the answer and records it; otherwise the fallback decides.

    `recorded` is what a resumed run was told the first time: it is used up before the advisor is asked again.
    """

    def __init__(
        self,
        level: Literal["medium", "high"],
        fallback: Strategy,
        advisor: Advisor,
        emit: Callable[[Advice], None],
        recorded: Iterable[Advice] = (),
    ) -> None:
        self.name = level
        self._fallback = fallback
        self._advisor = advisor
        self._emit = emit
        self._recorded = deque(recorded)

    def choose(self, question: Question) -> str:
        trigger = self._trigger(question)
        if not trigger or len(question.options) < 2:
            return self._fallback.choose(question)
        advice = self._recorded.popleft() if self._recorded else self._ask(trigger, question)
        self._emit(advice)
        return advice.choice if advice.accepted else self._fallback.choose(question)

    def _trigger(self, question: Question) -> str:
        if question.stuck_turns >= STUCK_TURNS:
            return "stuck"
        if question.map_changed:
            return "map_change"
        return question.kind if self.name == "high" else ""

    def _ask(self, trigger: str, question: Question) -> Advice:
        menu = tuple(sorted(question.options, key=lambda option: -option.score)[:LONGEST_MENU])
        request = AdviceRequest(trigger=trigger, kind=question.kind, summary=question.summary, options=menu)
        try:
            answer = self._advisor.advise(request)
        except Exception as error:
            return Advice(trigger=trigger, choice="", accepted=False, outcome=f"failed: {type(error).__name__}")
        if answer is None:
            return Advice(trigger=trigger, choice="", accepted=False, outcome="no answer")
        if answer not in [option.id for option in menu]:
            return Advice(
                trigger=trigger, choice=str(answer)[:LONGEST_ANSWER], accepted=False, outcome="not on the menu"
            )
        return Advice(trigger=trigger, choice=answer, accepted=True, outcome="taken")
