"""Numbers, stamps, writes and counts the events of one attempt; while a run is resumed, compares them instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import msgspec

from agent_core.attempts import Attempt
from agent_core.emulator import Emulator
from agent_core.jsonl import FanOut, JsonlFile
from agent_core.tally import Tally
from agent_core.telemetry import (
    EVENT_TYPES,
    BadLineError,
    Battle,
    Decision,
    Event,
    EventData,
    Overworld,
    RawEvent,
    encode,
    encode_data,
    rfc3339,
)

HASH_EVERY = 100
"""Turns between the WRAM hashes of ordinary turns."""


class RunError(Exception):
    """One sentence that says why a run could not start, go on or be written."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Recorder:
    """The way of an event from the player to disk, then to the sinks."""

    def __init__(
        self, attempt: Attempt, file: JsonlFile, sinks: FanOut, emulator: Emulator, clock: Callable[[], datetime]
    ) -> None:
        self.tally = Tally()
        self.seq = 0
        self.event_id = ""
        self.occurred_at = ""
        self.turn: Callable[[], int] = lambda: 0
        """The turn that events belong to; the run points it at the player."""
        self._attempt = attempt
        self._file = file
        self._sinks = sinks
        self._emulator = emulator
        self._clock = clock
        self._recorded: Iterator[RawEvent] = iter(())
        self._expected: RawEvent | None = None

    @property
    def resuming(self) -> bool:
        """True while the player repeats what is already on disk."""
        return self._expected is not None

    @property
    def repeating_turns(self) -> bool:
        """True while at least one more turn is on disk; the fitness event follows the last one."""
        return self._expected is not None and self._expected.event_type != "fitness"

    @property
    def offset(self) -> int:
        """Bytes of whole lines on disk."""
        return self._file.size

    def expect(self, recorded: Iterable[RawEvent]) -> None:
        """Compare the next events with `recorded` instead of writing them."""
        self._recorded = iter(recorded)
        self._advance()

    def emit(self, data: EventData) -> None:
        """Write one event; RunError when that fails or when a resumed run does not repeat itself."""
        turn = self.turn()
        if turn and turn % HASH_EVERY == 0 and isinstance(data, Overworld | Battle | Decision) and not data.wram_hash:
            data = msgspec.structs.replace(data, wram_hash=self._emulator.wram_hash())
        seq = self.seq + 1
        expected = self._expected
        self.occurred_at = max(self.occurred_at, rfc3339(self._clock()) if expected is None else expected.occurred_at)
        event = Event(
            event_type=EVENT_TYPES[type(data)],
            event_id=f"{self._attempt.run_id}:{self._attempt.number}:{seq}",
            run_id=self._attempt.run_id,
            attempt=self._attempt.number,
            seq=seq,
            turn=turn,
            frame=self._emulator.frame,
            occurred_at=self.occurred_at,
            data=data,
        )
        self.seq = seq
        self.event_id = event.event_id
        self.tally.count(event)
        if expected is None:
            self._write(event)
        else:
            self._compare(event, expected)
            self._advance()

    def _write(self, event: Event) -> None:
        line = encode(event)
        try:
            self._file.append(line)
        except OSError as error:
            raise self._unwritable(error) from error
        self._sinks.emit(line, event)

    def sync(self) -> None:
        """Let the events so far survive a power loss."""
        try:
            self._file.sync()
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> RunError:
        return RunError(
            f"The telemetry file {self._file.path} cannot be written ({error.strerror}); every line so far is kept, "
            f"so make room and play run {self._attempt.run_id} again to go on."
        )

    def _compare(self, event: Event, expected: RawEvent) -> None:
        same = (
            event.event_id == expected.event_id
            and event.event_type == expected.event_type
            and event.turn == expected.turn
            and event.frame == expected.frame
            and encode_data(event.data) == bytes(expected.data)
        )
        if not same:
            raise RunError(
                f"Run {event.run_id} cannot be resumed: event {event.seq} ({event.event_type}, turn {event.turn}) is "
                f"not what was recorded ({expected.event_type}, turn {expected.turn}); start a new attempt."
            )

    def _advance(self) -> None:
        try:
            self._expected = next(self._recorded, None)
        except BadLineError as error:
            raise RunError(
                f"Run {self._attempt.run_id} cannot be resumed: its telemetry is damaged ({error}); "
                "start a new attempt."
            ) from None
