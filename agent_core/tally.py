"""What a run has achieved so far, counted from its own events: the source of progress, fitness and results."""

from __future__ import annotations

import msgspec

from agent_core.telemetry import (
    Backtrack,
    BattleEnd,
    Encounter,
    Event,
    Fitness,
    MapChange,
    Milestone,
    Overworld,
    Party,
    PartyMemberRow,
    Position,
    Stuck,
)


class MilestoneReached(msgspec.Struct, frozen=True, kw_only=True):
    milestone: str
    description: str
    turn: int
    frame: int
    presses: int
    seconds: float
    """Game seconds since power-on."""


class Tally(msgspec.Struct, kw_only=True):
    """Counters of one attempt; part of every checkpoint."""

    battles_won: int = 0
    maps: list[int] = []
    """Map ids in the order of the first visit."""
    map_id: int = 0
    position: Position = Position(0, 0)
    badges: int = 0
    """Number of badges, not the bit mask."""
    party_count: int = 0
    stuck: int = 0
    restores: int = 0
    encounters: int = 0
    level_ups: int = 0
    evolutions: int = 0
    intro_presses: int = 0
    milestones: list[MilestoneReached] = []
    party: list[PartyMemberRow] = []

    def count(self, event: Event) -> None:
        """Take one event into account."""
        match event.data:
            case Overworld() as data:
                self._enter(data.map_id, data.position)
                self.badges = data.badge_count
                self.party_count = data.party_count
            case MapChange(new_map=new_map, position=position):
                self._enter(new_map, position)
            case BattleEnd(outcome="won"):
                self.battles_won += 1
            case Encounter():
                self.encounters += 1
            case Stuck():
                self.stuck += 1
            case Backtrack():
                self.restores += 1
            case Party(members=members):
                self._compare(members)
            case Milestone() as data:
                self.milestones.append(
                    MilestoneReached(
                        milestone=data.milestone,
                        description=data.description,
                        turn=event.turn,
                        frame=event.frame,
                        presses=data.presses,
                        seconds=data.seconds,
                    )
                )

    def reached(self, milestone: str) -> bool:
        return any(one.milestone == milestone for one in self.milestones)

    def fitness(self, turns: int) -> Fitness:
        """The last but one event of an attempt (field names of the original)."""
        return Fitness(
            turns=turns,
            battles_won=self.battles_won,
            maps_visited=len(self.maps),
            final_map_id=self.map_id,
            final_x=self.position.x,
            final_y=self.position.y,
            badges=self.badges,
            party_size=self.party_count,
            stuck_count=self.stuck,
            backtrack_restores=self.restores,
            encounters=self.encounters,
            level_ups=self.level_ups,
            evolutions=self.evolutions,
        )

    def _enter(self, map_id: int, position: Position) -> None:
        self.map_id = map_id
        self.position = position
        if map_id not in self.maps:
            self.maps.append(map_id)

    def _compare(self, members: list[PartyMemberRow]) -> None:
        """Count levels gained and species changed, slot by slot; members who moved to another slot do not count."""
        if len(members) == len(self.party):
            present = {member.species for member in members}
            for old, new in zip(self.party, members, strict=True):
                if old.species == new.species or old.species not in present:
                    self.level_ups += max(0, new.level - old.level)
                    self.evolutions += old.species != new.species
        self.party = members
        self.party_count = len(members)
