"""The quest as data: objectives, milestones and the conditions that RAM must show (references/*.json).

A condition is an object with one key: `flag` "D74B.2" (bit set), `byte` ["CF0B", 0] (equal), `map` 40, `party` 1 (at
least), `badge` 0 (bit number), `badges` 8 (at least), `item` 70 (in the bag), `beat_trainer` 25 (class, won since the
run began), `all`, `any` (lists) or `not` (one condition).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from agent_core.gen1 import symbols as sym
from agent_core.gen1.state import BAG_LIMIT, Memory

REFERENCES = Path(__file__).resolve().parents[2] / "references"
TRAINER_BATTLE = 2
WON = 0

Condition = Callable[["Referee"], bool]


class QuestError(ValueError):
    """One sentence that says what is wrong in references/*.json."""


class Goal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where to go and what to do there."""

    kind: str
    map: int
    x: int = 0
    y: int = 0
    objects: list[int] = []


class ObjectiveSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One node of the quest.

    `yes` says when a yes/no question of its scene is answered yes; otherwise the answer is no. `failed` says when it
    went so wrong that a snapshot from before is worth more than going on.
    """

    id: str
    description: str
    goal: Goal
    done: dict[str, Any]
    requires: dict[str, Any] = msgspec.field(default_factory=lambda: {"all": []})
    yes: dict[str, Any] = msgspec.field(default_factory=lambda: {"any": []})
    failed: dict[str, Any] = msgspec.field(default_factory=lambda: {"any": []})


class MilestoneSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A named achievement; targets are turns for the low, medium and high strategy."""

    id: str
    description: str
    targets: list[int]
    when: dict[str, Any]


class RefereeMemory(msgspec.Struct):
    """What a referee remembers, for checkpoints."""

    beaten: list[tuple[int, int]] = []
    achieved: dict[str, int] = {}
    fighting: int = 0
    frame: int = 0


class Referee:
    """Sees in RAM what has been achieved. It reads memory itself and takes nobody's word for it."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.beaten: list[tuple[int, int]] = []
        """(trainer class, frame): battles won since the run began, in order."""
        self.achieved: dict[str, int] = {}
        """Objectives seen done, with the frame: one need not stay in a city for having reached it."""
        self._fighting = 0
        self._frame = 0

    def observe(self, frame: int) -> None:
        """Follow trainer battles from their start to their result; call once every turn."""
        self._frame = frame
        byte = self._memory.byte
        kind = byte(sym.wIsInBattle)
        if kind == TRAINER_BATTLE:
            self._fighting = byte(sym.wTrainerClass)
        elif self._fighting:
            if kind == 0 and byte(sym.wBattleResult) == WON:
                self.beaten.append((self._fighting, frame))
            self._fighting = 0

    def flag(self, address: int, bit: int) -> bool:
        return bool(self._memory.byte(address) >> bit & 1)

    def byte(self, address: int) -> int:
        return self._memory.byte(address)

    def has_item(self, item: int) -> bool:
        count = min(self._memory.byte(sym.wNumBagItems), BAG_LIMIT)
        return item in self._memory.read(sym.wBagItems, 2 * count)[::2]

    def has_beaten(self, trainer: int) -> bool:
        return any(kind == trainer for kind, _ in self.beaten)

    def go_back(self, frame: int) -> None:
        """Forget what happened after `frame`: a snapshot of that moment was restored."""
        self.beaten = [item for item in self.beaten if item[1] <= frame]
        self.achieved = {name: when for name, when in self.achieved.items() if when <= frame}
        self._fighting = 0

    def has_achieved(self, objective: Objective) -> bool:
        """An objective is or was done."""
        if objective.id in self.achieved:
            return True
        if objective.done(self):
            self.achieved[objective.id] = self._frame
            return True
        return False

    def memory(self) -> RefereeMemory:
        return RefereeMemory(list(self.beaten), dict(self.achieved), self._fighting, self._frame)

    def restore(self, memory: RefereeMemory) -> None:
        self.beaten, self.achieved = list(memory.beaten), dict(memory.achieved)
        self._fighting, self._frame = memory.fighting, memory.frame


def condition(spec: dict[str, Any]) -> Condition:
    """A condition of the data files as a function of the referee; QuestError names what it cannot read."""
    if len(spec) != 1:
        raise QuestError(f"a condition has exactly one key, not {sorted(spec)}")
    (key, value), *_ = spec.items()
    match key:
        case "all":
            parts = [condition(part) for part in value]
            return lambda referee: all(part(referee) for part in parts)
        case "any":
            parts = [condition(part) for part in value]
            return lambda referee: any(part(referee) for part in parts)
        case "not":
            inner = condition(value)
            return lambda referee: not inner(referee)
        case "flag":
            address, bit = value.split(".")
            place, number = int(address, 16), int(bit)
            return lambda referee: referee.flag(place, number)
        case "byte":
            place, wanted = int(value[0], 16), value[1]
            return lambda referee: referee.byte(place) == wanted
        case "map":
            return lambda referee: referee.byte(sym.wCurMap) == value
        case "party":
            return lambda referee: referee.byte(sym.wPartyCount) >= value
        case "badge":
            return lambda referee: referee.flag(sym.wObtainedBadges, value)
        case "badges":
            return lambda referee: referee.byte(sym.wObtainedBadges).bit_count() >= value
        case "item":
            return lambda referee: referee.has_item(value)
        case "beat_trainer":
            return lambda referee: referee.has_beaten(value)
    raise QuestError(f"there is no condition {key!r}")


class Objective:
    """An objective with its conditions compiled."""

    def __init__(self, spec: ObjectiveSpec) -> None:
        self.spec = spec
        self.id = spec.id
        self.goal = spec.goal
        self.done = condition(spec.done)
        self.possible = condition(spec.requires)
        self.say_yes = condition(spec.yes)
        self.failed = condition(spec.failed)


class Milestone:
    """A milestone with its condition compiled."""

    def __init__(self, spec: MilestoneSpec) -> None:
        self.spec = spec
        self.id = spec.id
        self.reached = condition(spec.when)


class Quest:
    """All objectives in order; the current one is the first that is possible and not done."""

    def __init__(self, objectives: list[Objective]) -> None:
        self.objectives = objectives

    def current(self, referee: Referee) -> Objective | None:
        for objective in self.objectives:
            if not referee.has_achieved(objective) and objective.possible(referee):
                return objective
        return None

    def finished(self, referee: Referee) -> bool:
        """Every objective is done."""
        return all(referee.has_achieved(objective) for objective in self.objectives)

    def failed(self, referee: Referee) -> Objective | None:
        """The first objective that went wrong."""
        return next((objective for objective in self.objectives if objective.failed(referee)), None)

    def by_id(self, name: str) -> Objective:
        return next(objective for objective in self.objectives if objective.id == name)


def load_quest(path: Path = REFERENCES / "quests.json") -> Quest:
    """The quest of a JSON file {"objectives": [...]}."""
    data = msgspec.json.decode(path.read_bytes(), type=dict[str, list[ObjectiveSpec]])
    return Quest([Objective(spec) for spec in data["objectives"]])


def load_milestones(path: Path = REFERENCES / "milestones.json") -> list[Milestone]:
    """The milestones of a JSON file {"milestones": [...]}, in order."""
    data = msgspec.json.decode(path.read_bytes(), type=dict[str, list[MilestoneSpec]])
    return [Milestone(spec) for spec in data["milestones"]]
