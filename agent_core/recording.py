"""A telemetry file read as a script for the console: joypad changes, restores and the WRAM hashes to expect."""

from __future__ import annotations

from pathlib import Path

import msgspec

from agent_core.jsonl import whole_lines
from agent_core.telemetry import Backtrack, BadLineError, Session, decode_line


class ReplayError(Exception):
    """One sentence that says why a recording cannot be played."""


class Check(msgspec.Struct, frozen=True):
    """A recorded WRAM hash and the frame it was taken at."""

    frame: int
    wram_hash: str
    seq: int
    turn: int
    event_type: str


class Segment(msgspec.Struct):
    """A stretch of the recording between two restores; its frames only grow."""

    restored_frame: int | None = None
    """The snapshot it starts from; None for power-on."""
    inputs: list[tuple[int, int]] = []
    checks: list[Check] = []
    turns: list[tuple[int, int]] = []
    """(turn, frame at which it was over)."""
    snapshots: list[int] = []
    """Frames that later segments go back to."""
    end: int = 0


class Recording(msgspec.Struct):
    """A telemetry file as a script for the console."""

    telemetry: Path
    session: Session
    run_id: str
    attempt: int
    segments: list[Segment]
    events: int = 0
    finished: bool = False

    def last_turn(self) -> int:
        return max((turn for segment in self.segments for turn, _ in segment.turns), default=0)


def read_recording(telemetry: Path, at_turn: int | None = None) -> Recording:
    """The script in a telemetry file, up to and with turn `at_turn`; ReplayError says what is wrong with the file."""
    recording: Recording | None = None
    try:
        for line in whole_lines(telemetry):
            event = decode_line(line)
            data = event.data
            if recording is None:
                if not isinstance(data, Session) or data.phase != "start":
                    raise ReplayError(f"{telemetry} does not begin with the start of a session.")
                recording = Recording(telemetry, data, event.run_id, event.attempt, [Segment()])
            if at_turn is not None and event.turn > at_turn:
                break
            segment = recording.segments[-1]
            if isinstance(data, Backtrack):
                _name_snapshot(recording, data.restored_frame, event.seq)
                segment = Segment(restored_frame=data.restored_frame, end=data.restored_frame)
                recording.segments.append(segment)
            segment.inputs.extend(getattr(data, "inputs", ()))
            wram_hash = getattr(data, "wram_hash", "")
            if wram_hash:
                segment.checks.append(Check(event.frame, wram_hash, event.seq, event.turn, event.event_type))
            segment.end = max(segment.end, event.frame)
            if event.turn:
                if segment.turns and segment.turns[-1][0] == event.turn:
                    segment.turns.pop()
                segment.turns.append((event.turn, event.frame))
            recording.events += 1
            recording.finished = isinstance(data, Session) and data.phase == "end"
    except BadLineError as error:
        events = recording.events if recording else 0
        raise ReplayError(f"{telemetry} is damaged after {events} events ({error}).") from None
    except OSError as error:
        raise ReplayError(f"{telemetry} cannot be read ({error.strerror}).") from None
    if recording is None:
        raise ReplayError(f"{telemetry} holds no whole event.")
    return recording


def _name_snapshot(recording: Recording, frame: int, seq: int) -> None:
    """Mark the moment that a restore goes back to: in the newest segment that starts at `frame` or before it.

    Segments that were abandoned on the way all start later, because only the newest snapshot is ever restored.
    """
    for segment in reversed(recording.segments):
        start = segment.restored_frame
        if start is None or frame > start:
            if frame > segment.end:
                break
            segment.snapshots.append(frame)
            return
        if frame == start:
            return
    raise ReplayError(f"Event {seq} restores frame {frame}, which the recording never reached.")
