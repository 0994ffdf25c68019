"""The player: observe, decide, act, emit. One call of `turn` is one press or one deliberate wait."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from agent_core.backtrack import SnapshotRing
from agent_core.battle.driver import BattleDriver, action_json
from agent_core.cartridge import Cartridge
from agent_core.emulator import FRAMES_PER_SECOND, Emulator
from agent_core.gen1 import symbols as sym
from agent_core.gen1.maps import Atlas, read_atlas
from agent_core.gen1.rom import Tables, read_tables
from agent_core.gen1.state import GameState, StateReader
from agent_core.genome import Genome
from agent_core.intro import Intro
from agent_core.mind import Fight, Mind, PlayerStatus
from agent_core.overworld import Navigator
from agent_core.quest.objectives import Milestone, Objective, Referee, load_milestones, load_quest
from agent_core.scene import SceneDriver
from agent_core.strategy.base import Strategy
from agent_core.telemetry import (
    Backtrack,
    Battle,
    BattleEnd,
    Decision,
    Encounter,
    EventData,
    Item,
    MapChange,
    Overworld,
    Party,
    PartyMemberRow,
    Position,
    Stuck,
)
from agent_core.telemetry import Milestone as MilestoneEvent
from agent_core.telemetry import Objective as ObjectiveEvent
from agent_core.ui import PAUSE_FRAMES, Pad
from agent_core.world.graph import World
from agent_core.world.routing import Router

STUCK_LIMIT = 10
"""The player gives up after this many stuck episodes in a row without a restore that helped."""
RETRY_LIMIT = 4
"""Restores because of failed objectives; after that the player lives with the failure."""
JITTER_FRAMES = 7
Outcome = Literal["won", "lost", "fled", "caught", "draw"]


class Knowledge(NamedTuple):
    """What the ROM says, read once for each cartridge."""

    atlas: Atlas
    tables: Tables
    world: World
    router: Router


@lru_cache(maxsize=4)
def knowledge(rom: bytes) -> Knowledge:
    """Maps, tables and the graph of the world of one ROM image."""
    atlas, tables = read_atlas(rom), read_tables(rom)
    world = World(atlas, tables.wild)
    return Knowledge(atlas, tables, world, Router(world))


def battle_outcome(result: int, captured: int, kind: int) -> Outcome:
    """How a battle ended, from wBattleResult and wCapturedMonSpecies (gen1 1.7); `kind` 1 is wild."""
    if result == 0:
        return "won"
    if result == 1:
        return "lost"
    if captured:
        return "caught"
    return "fled" if kind == 1 else "draw"


class Player:
    """Plays one cartridge in one emulator."""

    def __init__(
        self,
        emulator: Emulator,
        cartridge: Cartridge,
        *,
        genome: Genome,
        strategy: Strategy,
        emit: Callable[[EventData], None],
    ) -> None:
        known = knowledge(cartridge.rom)
        self._emulator = emulator
        self._genome = genome
        self._emit = emit
        self._mind = Mind()
        self._state: GameState | None = None
        """What the last turn ended with; None when something else moved the console since."""
        self.turns = 0
        self._reader = StateReader(emulator)
        self._referee = Referee(emulator)
        self._quest = load_quest()
        self._milestones = load_milestones()
        self._ring = SnapshotRing(emulator, genome)
        pad = Pad(emulator, self._reader)
        self._intro = Intro(pad, self._reader, known.atlas)
        self._battle = BattleDriver(pad, self._reader, known.tables, genome, strategy, lambda: self._mind)
        self._scene = SceneDriver(pad, self._reader, self._referee, lambda: self._mind)
        self._navigator = Navigator(
            pad, self._reader, emulator, known.world, known.router, genome, strategy, lambda: self._mind
        )
        self._navigator.prepare(self._quest.objectives)

    @property
    def status(self) -> PlayerStatus:
        return self._mind.status

    def boot(self, seed: int) -> None:
        """From power-on, play the intro, its first press `seed` frames late; returns when the character obeys."""
        self._intro.play(self._told, seed)
        state = self._reader.read()
        self._mind.moment = "ready"
        self._mind.map_id = state.map_id
        self._referee.observe(self._emulator.frame)
        self._emit_milestones()

    def turn(self) -> None:
        """One turn, with its events."""
        mind = self._mind
        mind.turns += 1
        self.turns = mind.turns
        state = self._state or self._reader.read()
        objective = self._quest.current(self._referee)
        self._follow_objective(objective)
        if mind.jitter:
            self._vary()
        elif state.in_battle:
            self._battle_turn(state)
        elif state.text_open or not state.ready:
            act = self._scene.turn(state, objective)
            self._emit(Decision(screen=act.screen, action=act.action, inputs=self._emulator.drain_inputs()))
        elif objective is None and self._quest.finished(self._referee):
            mind.status.stop_reason = "finished"
            self._emit(Decision(screen="overworld", action="finished", inputs=self._emulator.drain_inputs()))
        elif objective is None:
            act = self._scene.wait(PAUSE_FRAMES)
            self._emit(Decision(screen=act.screen, action=act.action, inputs=self._emulator.drain_inputs()))
        else:
            move = self._navigator.turn(state, objective)
            self._emit_overworld(state, move.action, move.waypoint)
        self._after(state)

    def memory(self) -> bytes:
        """All state that decisions depend on."""
        self._mind.referee = self._referee.memory()
        self._mind.ring = self._ring.dump()
        return msgspec.msgpack.encode(self._mind)

    def restore_memory(self, data: bytes) -> None:
        """Continue with the state of `memory`."""
        self._mind = msgspec.msgpack.decode(data, type=Mind)
        self.turns = self._mind.turns
        self._referee.restore(self._mind.referee)
        self._ring.load(self._mind.ring)
        self._state = None

    def _told(self, screen: str, action: str) -> None:
        self._emit(Decision(screen=screen, action=action, inputs=self._emulator.drain_inputs()))

    def _battle_turn(self, state: GameState) -> None:
        mind = self._mind
        if mind.moment == "menu" and mind.fight is None:
            self._begin_fight(state)
        act = self._battle.turn(state)
        inputs = self._emulator.drain_inputs()
        if act.screen not in ("battle", "moves"):
            self._emit(Decision(screen=act.screen, action=act.action, inputs=inputs))
            return
        battle = self._reader.battle()
        self._emit(
            Battle(
                player_hp=battle.player.hp,
                player_max_hp=battle.player.max_hp,
                enemy_hp=battle.enemy.hp,
                enemy_max_hp=battle.enemy.max_hp,
                action=action_json(act.action),
                inputs=inputs,
            )
        )

    def _begin_fight(self, state: GameState) -> None:
        battle = self._reader.battle()
        self._mind.fight = Fight(battle.kind, battle.enemy.species, battle.enemy.level, self._mind.turns)
        self._emit(
            Encounter(
                kind="wild" if battle.wild else "trainer",
                species=battle.enemy.species,
                level=battle.enemy.level,
                trainer_class=0 if battle.wild else battle.trainer_class,
                map_id=state.map_id,
                position=Position(state.x, state.y),
            )
        )

    def _end_fight(self, fight: Fight) -> None:
        byte = self._emulator.byte
        self._mind.fight = None
        self._mind.intent = ""
        self._emit(
            BattleEnd(
                kind="wild" if fight.kind == 1 else "trainer",
                outcome=battle_outcome(byte(sym.wBattleResult), byte(sym.wCapturedMonSpecies), fight.kind),
                enemy_species=fight.species,
                enemy_level=fight.level,
                turns=self._mind.turns - fight.started + 1,
                wram_hash=self._emulator.wram_hash(),
            )
        )

    def _emit_overworld(self, state: GameState, action: str, waypoint: str) -> None:
        self._emit(
            Overworld(
                map_id=state.map_id,
                position=Position(state.x, state.y),
                badges=state.badges,
                badge_count=state.badge_count,
                party_count=len(state.party),
                action=action,
                stuck_turns=self._mind.stuck_turns,
                waypoint_info=waypoint,
                inputs=self._emulator.drain_inputs(),
            )
        )

    def _after(self, before: GameState) -> None:
        """What the turn changed: map, battle, party, bag, milestones, progress."""
        mind = self._mind
        self._state = state = self._reader.read()
        self._referee.observe(self._emulator.frame)
        map_changed = state.map_id != mind.map_id
        if mind.fight is not None and not state.in_battle:
            self._end_fight(mind.fight)
        if map_changed:
            self._emit(
                MapChange(
                    prev_map=mind.map_id,
                    new_map=state.map_id,
                    position=Position(state.x, state.y),
                    wram_hash=self._emulator.wram_hash(),
                )
            )
            mind.map_id = state.map_id
        self._report_party(state)
        self._report_bag(state)
        self._emit_milestones()
        self._watch_progress(before, state, map_changed)

    def _report_party(self, state: GameState) -> None:
        party = [(member.species, member.level, member.moves) for member in state.party]
        if party != self._mind.party:
            self._mind.party = party
            self._emit(
                Party(
                    members=[
                        PartyMemberRow(
                            species=member.species,
                            level=member.level,
                            hp=member.hp,
                            max_hp=member.max_hp,
                            status=member.status,
                            moves=list(member.moves),
                            pp=list(member.pp),
                            experience=member.experience,
                        )
                        for member in state.party
                    ]
                )
            )

    def _report_bag(self, state: GameState) -> None:
        if len(state.bag) == len(self._mind.bag) and list(state.bag) == self._mind.bag:
            return
        old, new = dict(self._mind.bag), dict(state.bag)
        self._mind.bag = list(state.bag)
        for item in sorted(old.keys() | new.keys()):
            change = new.get(item, 0) - old.get(item, 0)
            if change:
                self._emit(Item(item=item, quantity=new.get(item, 0), change=change))

    def _follow_objective(self, objective: Objective | None) -> None:
        mind = self._mind
        name = objective.id if objective else ""
        if name == mind.objective:
            return
        if mind.objective and mind.objective in self._referee.achieved:
            self._emit(ObjectiveEvent(objective=mind.objective, phase="done"))
        mind.objective = name
        mind.landmark = True
        if name and name not in mind.started:
            mind.started.append(name)
            self._emit(ObjectiveEvent(objective=name, phase="started"))

    def _emit_milestones(self) -> None:
        reached = self._mind.status.milestones
        for milestone in self._milestones:
            if milestone.id not in reached and milestone.reached(self._referee):
                reached.append(milestone.id)
                self._emit_milestone(milestone)

    def _emit_milestone(self, milestone: Milestone) -> None:
        self._emit(
            MilestoneEvent(
                milestone=milestone.id,
                description=milestone.spec.description,
                presses=self._emulator.presses,
                seconds=round(self._emulator.frame / FRAMES_PER_SECOND, 3),
                wram_hash=self._emulator.wram_hash(),
            )
        )

    def _watch_progress(self, before: GameState, state: GameState, map_changed: bool) -> None:
        """Count turns that show nothing new; at the thresholds report, go back, or give up."""
        mind = self._mind
        if mind.remember(self._signature(state)):
            mind.stuck_turns = 0
        else:
            mind.stuck_turns += 1
        if mind.retries < RETRY_LIMIT and self._quest.failed(self._referee):
            mind.retries += 1
            if self._restore(self._genome.bt_restore_threshold, "objective failed"):
                return
        busy = bool(state.in_battle or state.text_open or not state.ready)
        self._ring.observe(
            turn=mind.turns,
            map_changed=map_changed or mind.landmark,
            stuck_turns=mind.stuck_turns,
            scripted=busy,
        )
        mind.landmark = mind.landmark and busy
        if not mind.stuck_turns:
            return
        if not mind.stuck_turns % self._genome.stuck_threshold:
            self._report_stuck(before, state)
        if not self._restore(mind.stuck_turns, "stuck") and (
            mind.stuck_turns >= STUCK_LIMIT * self._genome.stuck_threshold
        ):
            mind.status.stop_reason = "stuck"

    def _report_stuck(self, before: GameState, state: GameState) -> None:
        mind = self._mind
        mind.status.stuck_count += 1
        mind.refused = []
        self._emit(
            Stuck(
                map_id=state.map_id,
                position=Position(before.x, before.y),
                last_action=mind.objective,
                streak=mind.stuck_turns,
            )
        )

    def _restore(self, stuck_turns: int, reason: str) -> bool:
        """Go back to the newest snapshot if the ring allows it; the next turn begins with a wait of its own length."""
        restored = self._ring.restore(stuck_turns=stuck_turns, scripted=False)
        if restored is None:
            return False
        mind = self._mind
        mind.status.restores += 1
        self._emit(
            Backtrack(
                restored_frame=restored.frame,
                attempt_of_snapshot=restored.attempt,
                reason=reason,
                wram_hash=self._emulator.wram_hash(),
            )
        )
        self._referee.go_back(restored.frame)
        self._state = state = self._reader.read()
        mind.map_id = state.map_id
        mind.moment, mind.intent, mind.fight = "limit", "", None
        mind.recent, mind.refused, mind.stuck_turns, mind.waits = [], [], 0, 0
        mind.jitter = JITTER_FRAMES * mind.status.restores
        mind.party = [(member.species, member.level, member.moves) for member in state.party]
        mind.bag = list(state.bag)
        return True

    def _vary(self) -> None:
        """Wait a little after a restore, so that chance falls differently than the last time."""
        self._emulator.hold(0)
        self._emulator.tick(self._mind.jitter)
        self._mind.jitter = 0
        self._emit(Decision(screen="overworld", action="wait", reason="vary", inputs=self._emulator.drain_inputs()))

    def _signature(self, state: GameState) -> int:
        """A checksum of what a turn can change; equal ones in a row mean that nothing moves on."""
        byte, read = self._emulator.byte, self._emulator.read
        parts = bytes((state.map_id, state.x & 0xFF, state.y & 0xFF, state.facing, state.in_battle))
        if state.in_battle or state.text_open:
            parts += read(sym.wTileMap, 360) + bytes((byte(sym.wCurrentMenuItem), byte(sym.wTopMenuItemX)))
            parts += read(sym.wBattleMon, 3) + read(sym.wEnemyMon, 3) + read(sym.wBattleMon + 25, 4)
        else:
            parts += bytes((byte(sym.wCurMapScript), state.joy_ignore, self._flags()))
        return zlib.crc32(parts)

    def _flags(self) -> int:
        return sum(self._emulator.read(sym.wEventFlags, 32)) & 0xFF
