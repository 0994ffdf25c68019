from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent_core.backtrack import SNAPSHOT_FRAMES, Restored, SnapshotRing
from agent_core.emulator import Emulator
from agent_core.genome import Genome
from tests.agent_core.tiny_rom import tiny_rom


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator(tiny_rom()) as emulator:
        emulator.tick(60)
        yield emulator


def ring_of(emulator: Emulator, **parameters: int) -> SnapshotRing:
    return SnapshotRing(emulator, Genome.from_mapping(parameters))


def observe(ring: SnapshotRing, turn: int, *, changed: bool = True, stuck: int = 0, scripted: bool = False) -> bool:
    return ring.observe(turn=turn, map_changed=changed, stuck_turns=stuck, scripted=scripted)


def restore(ring: SnapshotRing, stuck: int = 15, *, scripted: bool = False) -> Restored | None:
    return ring.restore(stuck_turns=stuck, scripted=scripted)


def test_a_snapshot_is_taken_at_a_map_change_or_the_first_sign_of_being_stuck(emulator: Emulator) -> None:
    ring = ring_of(emulator)
    assert not observe(ring, 1, changed=False, stuck=0)
    assert not observe(ring, 2, changed=False, stuck=2)
    assert observe(ring, 3, changed=True)
    emulator.tick(SNAPSHOT_FRAMES)
    assert observe(ring, 60, changed=False, stuck=1)
    assert len(ring) == 2


def test_the_next_snapshot_is_due_after_the_interval(emulator: Emulator) -> None:
    ring = ring_of(emulator, bt_snapshot_interval=20)
    assert observe(ring, 5)
    emulator.tick(SNAPSHOT_FRAMES)
    assert not observe(ring, 24)
    assert observe(ring, 25)


def test_snapshots_are_at_least_a_thousand_frames_apart(emulator: Emulator) -> None:
    ring = ring_of(emulator, bt_snapshot_interval=1)
    assert observe(ring, 1)
    emulator.tick(SNAPSHOT_FRAMES - 1)
    assert not observe(ring, 50)
    emulator.tick(1)
    assert observe(ring, 51)


def test_scripted_scenes_are_neither_kept_nor_left(emulator: Emulator) -> None:
    ring = ring_of(emulator)
    assert not observe(ring, 1, scripted=True)
    assert observe(ring, 2)
    assert restore(ring, scripted=True) is None


def test_the_ring_keeps_the_newest_snapshots(emulator: Emulator) -> None:
    ring = ring_of(emulator, bt_max_snapshots=2, bt_snapshot_interval=1, bt_max_attempts=1)
    frames = []
    for turn in range(3):
        frames.append(emulator.frame)
        assert observe(ring, turn)
        emulator.tick(SNAPSHOT_FRAMES)
    assert len(ring) == 2
    assert restore(ring) == Restored(frames[2], 1)
    assert restore(ring) == Restored(frames[1], 1)
    assert restore(ring) is None


def test_restoring_waits_for_the_threshold(emulator: Emulator) -> None:
    ring = ring_of(emulator, bt_restore_threshold=10)
    observe(ring, 1)
    assert restore(ring, 9) is None
    assert restore(ring, 10) is not None


def test_a_snapshot_is_discarded_after_its_attempts(emulator: Emulator) -> None:
    ring = ring_of(emulator, bt_max_attempts=3)
    frame, moment = emulator.frame, emulator.wram_hash()
    observe(ring, 1)
    for attempt in (1, 2, 3):
        emulator.tick(30)
        assert restore(ring) == Restored(frame, attempt)
        assert (emulator.frame, emulator.wram_hash()) == (frame, moment)
    assert restore(ring) is None


def test_no_snapshots_at_all_is_a_playable_setting(emulator: Emulator) -> None:
    ring = ring_of(emulator, bt_max_snapshots=0)
    assert not observe(ring, 1)
    assert restore(ring) is None


def test_a_dumped_ring_goes_on_in_another_process(emulator: Emulator) -> None:
    ring = ring_of(emulator, bt_max_attempts=2)
    observe(ring, 1)
    frame = emulator.frame
    restore(ring)
    other = ring_of(emulator, bt_max_attempts=2)
    other.load(ring.dump())
    assert not observe(other, 2)
    assert restore(other) == Restored(frame, 2)
    assert len(other) == 0
