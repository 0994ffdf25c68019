from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from agent_core.strategy.advised import LONGEST_MENU, AdviceRequest, AdvisedStrategy
from agent_core.strategy.base import HighestScore, Option, Question
from agent_core.telemetry import Advice

OPTIONS = (Option("run", "leave", 1.0), Option("fight:0", "hit", 5.0), Option("fight:1", "hit harder", 5.0))


class Scripted:
    """Answers with the given answers, raising those that are exceptions; keeps what it was asked."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.requests: list[AdviceRequest] = []

    def advise(self, request: AdviceRequest) -> str | None:
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[return-value]


def advised(
    level: str, advisor: Scripted, recorded: Iterable[Advice] = ()
) -> tuple[Callable[[Question], str], list[Advice]]:
    emitted: list[Advice] = []
    strategy = AdvisedStrategy(level, HighestScore(), advisor, emitted.append, recorded)  # type: ignore[arg-type]
    assert strategy.name == level
    return strategy.choose, emitted


def battle(**fields: object) -> Question:
    return Question(kind="battle", options=OPTIONS, summary="a fight", **fields)  # type: ignore[arg-type]


def test_the_highest_score_wins_and_the_first_of_equals() -> None:
    assert HighestScore().choose(battle()) == "fight:0"


def test_high_asks_every_time_and_takes_what_is_on_the_menu() -> None:
    advisor = Scripted("run")
    choose, emitted = advised("high", advisor)
    assert choose(battle()) == "run"
    assert emitted == [Advice(trigger="battle", choice="run", accepted=True, outcome="taken")]
    (request,) = advisor.requests
    assert (request.kind, request.summary) == ("battle", "a fight")
    assert [option.id for option in request.options] == ["fight:0", "fight:1", "run"]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (None, "no answer"),
        ("dance", "not on the menu"),
        (TimeoutError("30 s"), "failed: TimeoutError"),
        (["run"], "not on the menu"),
        ("x" * 5_000, "not on the menu"),
    ],
)
def test_no_or_bad_advice_leaves_the_choice_to_the_heuristic(answer: object, outcome: str) -> None:
    choose, emitted = advised("high", Scripted(answer))
    assert choose(battle()) == "fight:0"
    (advice,) = emitted
    assert (advice.accepted, advice.outcome) == (False, outcome)
    assert len(advice.choice) <= 200


def test_medium_asks_only_when_stuck_or_on_a_new_map() -> None:
    advisor = Scripted("run", "run")
    choose, emitted = advised("medium", advisor)
    assert choose(battle()) == "fight:0"
    assert choose(battle(stuck_turns=9)) == "fight:0"
    assert choose(battle(stuck_turns=10)) == "run"
    assert choose(battle(map_changed=True)) == "run"
    assert [advice.trigger for advice in emitted] == ["stuck", "map_change"]


def test_a_question_with_one_answer_is_not_worth_asking() -> None:
    choose, emitted = advised("high", Scripted())
    assert choose(Question(kind="starter", options=OPTIONS[:1])) == "run"
    assert emitted == []


def test_the_menu_is_bounded_to_the_best_options() -> None:
    advisor = Scripted("39")
    choose, _ = advised("high", advisor)
    options = tuple(Option(str(number), score=number) for number in range(40))
    assert choose(Question(kind="errand", options=options)) == "39"
    assert [option.id for option in advisor.requests[0].options] == [str(39 - n) for n in range(LONGEST_MENU)]


def test_recorded_advice_is_used_before_the_advisor_is_asked() -> None:
    recorded = [
        Advice(trigger="battle", choice="run", accepted=True, outcome="taken"),
        Advice(trigger="battle", choice="", accepted=False, outcome="no answer"),
    ]
    advisor = Scripted("fight:1")
    choose, emitted = advised("high", advisor, recorded)
    assert [choose(battle()) for _ in range(3)] == ["run", "fight:0", "fight:1"]
    assert emitted[:2] == recorded
    assert len(advisor.requests) == 1
