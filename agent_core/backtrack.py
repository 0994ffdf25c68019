"""Going back: a bounded ring of snapshots, restored when nothing else helps.

Only the newest snapshot is ever restored, so each frame number names one moment of the present timeline: a replay needs
no more than the `restored_frame` of the Backtrack event.
"""

from __future__ import annotations

import msgspec

from agent_core.emulator import Emulator
from agent_core.genome import Genome

SNAPSHOT_FRAMES = 1_000
"""Fewest frames between two snapshots: one costs ~16 ms."""
FIRST_SIGN = 1
"""Stuck turns that count as the first sign of being stuck."""


class RingSnapshot(msgspec.Struct, array_like=True):
    """A moment to go back to."""

    frame: int
    turn: int
    state: bytes
    restores: int = 0


class Restored(msgspec.Struct, frozen=True):
    """What was restored: the figures of the Backtrack event."""

    frame: int
    attempt: int
    """1 for the first restore of that snapshot."""


class RingMemory(msgspec.Struct):
    """All state of the ring, for checkpoints."""

    snapshots: list[RingSnapshot] = []
    armed_turn: int = 0
    taken_at: int = -SNAPSHOT_FRAMES


class SnapshotRing:
    """Snapshots of one run by the genome's bt_* parameters; bt_max_snapshots 0 switches it off."""

    def __init__(self, emulator: Emulator, genome: Genome) -> None:
        self._emulator = emulator
        self._genome = genome
        self._memory = RingMemory()

    def __len__(self) -> int:
        return len(self._memory.snapshots)

    def observe(self, *, turn: int, map_changed: bool, stuck_turns: int, scripted: bool) -> bool:
        """After a turn: take a snapshot if one is due and this is a good moment; True when taken.

        Due bt_snapshot_interval turns after the last one; a good moment is a map change or the first sign of being
        stuck, never a scripted scene, and never within SNAPSHOT_FRAMES of the last snapshot.
        """
        memory, emulator = self._memory, self._emulator
        if scripted or self._genome.bt_max_snapshots < 1 or turn < memory.armed_turn:
            return False
        if not map_changed and stuck_turns != FIRST_SIGN:
            return False
        if emulator.frames_run - memory.taken_at < SNAPSHOT_FRAMES:
            return False
        memory.snapshots.append(RingSnapshot(emulator.frame, turn, emulator.snapshot()))
        del memory.snapshots[: -self._genome.bt_max_snapshots]
        memory.armed_turn = turn + self._genome.bt_snapshot_interval
        memory.taken_at = emulator.frames_run
        return True

    def restore(self, *, stuck_turns: int, scripted: bool) -> Restored | None:
        """Go back to the newest snapshot once bt_restore_threshold is reached; None when that is not possible.

        A snapshot that has been restored bt_max_attempts times is discarded.
        """
        snapshots = self._memory.snapshots
        if scripted or stuck_turns < self._genome.bt_restore_threshold or not snapshots:
            return None
        newest = snapshots[-1]
        newest.restores += 1
        if newest.restores >= self._genome.bt_max_attempts:
            snapshots.pop()
        self._emulator.restore(newest.state)
        return Restored(newest.frame, newest.restores)

    def dump(self) -> bytes:
        """All state of the ring."""
        return msgspec.msgpack.encode(self._memory)

    def load(self, data: bytes) -> None:
        """Continue with the state of `dump`."""
        self._memory = msgspec.msgpack.decode(data, type=RingMemory)
