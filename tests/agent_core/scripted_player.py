"""A small player of the tiny ROM with the interface of agent_core.player.Player.

It reacts to the noise in RAM, asks its strategy, gets stuck, goes back and remembers, so that everything around a
player can be tested on a real console.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import msgspec

from agent_core.backtrack import SnapshotRing
from agent_core.cartridge import Cartridge
from agent_core.emulator import FRAMES_PER_SECOND, LEFT, RIGHT, START, A, Emulator
from agent_core.genome import Genome
from agent_core.strategy.base import Option, Question, Strategy
from agent_core.telemetry import (
    Backtrack,
    Battle,
    BattleEnd,
    Decision,
    Encounter,
    EventData,
    MapChange,
    Milestone,
    Overworld,
    Position,
    Stuck,
)
from tests.agent_core.tiny_rom import NOISE, X


class Memory(msgspec.Struct):
    turns: int = 0
    map_id: int = 0
    stuck: int = 0
    direction: int = RIGHT
    milestones: list[str] = []
    ring: bytes = b""


class ScriptedPlayer:
    """Walks right through 8 "maps" of 32 columns; every 50 turns it is stuck for as long as it takes to go back."""

    def __init__(
        self,
        emulator: Emulator,
        cartridge: Cartridge,
        *,
        genome: Genome,
        strategy: Strategy,
        emit: Callable[[EventData], None],
    ) -> None:
        self.emulator, self.strategy, self.emit = emulator, strategy, emit
        self.ring = SnapshotRing(emulator, genome)
        self.state = Memory()
        self.status = SimpleNamespace(stop_reason="")

    @property
    def turns(self) -> int:
        return self.state.turns

    def boot(self, seed: int) -> None:
        self.emulator.tick(100 + seed)
        for _ in range(3):
            self._press(START)
            self.emit(Decision(screen="title", action="start", inputs=self.emulator.drain_inputs()))

    def turn(self) -> None:
        state, emulator = self.state, self.emulator
        state.turns += 1
        stuck = state.turns % 50 >= 30 and state.turns % 150 < 100
        state.stuck = state.stuck + 1 if stuck else 0
        noise = emulator.byte(NOISE)
        if noise % 7 == 0:
            self._press(A)
            self.emit(Decision(screen="text", action="a", inputs=emulator.drain_inputs()))
        elif noise % 31 == 1:
            self._fight(noise)
        else:
            emulator.hold(state.direction if not stuck else RIGHT | LEFT)
            emulator.tick(4 + noise % 5)
            self._walked()
        self._watch()
        changed = self._follow_map()
        self.ring.observe(turn=state.turns, map_changed=changed, stuck_turns=state.stuck, scripted=False)
        restored = self.ring.restore(stuck_turns=state.stuck, scripted=False)
        if restored is not None:
            self.emit(
                Backtrack(
                    restored_frame=restored.frame,
                    attempt_of_snapshot=restored.attempt,
                    reason="stuck",
                    wram_hash=emulator.wram_hash(),
                )
            )

    def memory(self) -> bytes:
        self.state.ring = self.ring.dump()
        return msgspec.msgpack.encode(self.state)

    def restore_memory(self, data: bytes) -> None:
        self.state = msgspec.msgpack.decode(data, type=Memory)
        self.ring.load(self.state.ring)

    def _press(self, mask: int) -> None:
        self.emulator.hold(mask)
        self.emulator.tick(2)
        self.emulator.hold(0)
        self.emulator.tick(6)

    def _position(self) -> Position:
        return Position(self.emulator.byte(X), 0)

    def _walked(self) -> None:
        state = self.state
        self.emit(
            Overworld(
                map_id=state.map_id,
                position=self._position(),
                badges=1,
                badge_count=1,
                party_count=2,
                action="right" if state.direction == RIGHT else "left",
                stuck_turns=state.stuck,
                inputs=self.emulator.drain_inputs(),
            )
        )
        if state.stuck == 5:
            self.emit(Stuck(map_id=state.map_id, position=self._position(), last_action="right", streak=state.stuck))

    def _fight(self, noise: int) -> None:
        where = self._position()
        self.emit(
            Encounter(kind="wild", species=noise, level=3, trainer_class=0, map_id=self.state.map_id, position=where)
        )
        self._press(A)
        self.emit(
            Battle(
                player_hp=10,
                player_max_hp=20,
                enemy_hp=noise,
                enemy_max_hp=255,
                action=json.dumps({"action": "fight", "move_index": 0}),
                inputs=self.emulator.drain_inputs(),
            )
        )
        self.emit(
            BattleEnd(
                kind="wild",
                outcome="won" if noise & 1 else "fled",
                enemy_species=noise,
                enemy_level=3,
                turns=1,
                wram_hash=self.emulator.wram_hash(),
            )
        )

    def _watch(self) -> None:
        x = self.emulator.byte(X)
        for name, column in (("half", 64), ("far", 200)):
            if x >= column and name not in self.state.milestones:
                self.state.milestones.append(name)
                self.emit(
                    Milestone(
                        milestone=name,
                        description=f"Column {column}",
                        presses=self.emulator.presses,
                        seconds=self.emulator.frame / FRAMES_PER_SECOND,
                        wram_hash=self.emulator.wram_hash(),
                    )
                )

    def _follow_map(self) -> bool:
        """Report a new map and ask where to go; the answer may be to turn round."""
        state = self.state
        map_id = self.emulator.byte(X) // 32
        if map_id == state.map_id:
            return False
        self.emit(
            MapChange(
                prev_map=state.map_id,
                new_map=map_id,
                position=self._position(),
                wram_hash=self.emulator.wram_hash(),
            )
        )
        state.map_id = map_id
        options = (Option("right", "go on", 2.0), Option("left", "go back", 1.0))
        question = Question(
            kind="overworld", options=options, summary=f"map {map_id}", stuck_turns=state.stuck, map_changed=True
        )
        state.direction = RIGHT if self.strategy.choose(question) == "right" else LEFT
        return True
