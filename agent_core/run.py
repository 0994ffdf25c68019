"""One run of the player: from a configuration to a result, with telemetry, checkpoints and resume in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from importlib import metadata
from typing import Literal

import msgspec

from agent_core import checkpoint as checkpoints
from agent_core.attempts import RUN_ID, Attempt, attempts, recorded
from agent_core.cartridge import Cartridge, open_cartridge
from agent_core.checkpoint import Checkpoint
from agent_core.emulator import FRAMES_PER_SECOND, Emulator
from agent_core.jsonl import FanOut, FileBusyError, JsonlFile, whole_lines
from agent_core.recorder import Recorder, RunError, utc_now
from agent_core.run_types import PlayerFactory, Progress, RunConfig, RunResult
from agent_core.strategy.advised import AdvisedStrategy, Advisor
from agent_core.strategy.base import Strategy
from agent_core.strategy.heuristic import Heuristic
from agent_core.tally import MilestoneReached
from agent_core.telemetry import Advice, BadLineError, EventSink, Session, decode_line

__all__ = ["MilestoneReached", "Progress", "RunConfig", "RunError", "RunResult", "play"]

STRATEGIES = ("heuristic", "low", "medium", "high")
"""Known strategies; "low" is the original's word for "heuristic", the last two need an advisor."""
CHECKPOINT_FRAMES = 1_000
"""Fewest frames between two checkpoints: a save state costs ~16 ms."""
PROGRESS_SECONDS = 0.1


def play(
    config: RunConfig,
    *,
    sinks: Sequence[EventSink] = (),
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    advisor: Advisor | None = None,
    player: PlayerFactory | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> RunResult:
    """Play until a stop rule; continue the last attempt of `run_id` when it is unfinished.

    RunError and CartridgeError carry one sentence; after CartridgeError or a wrong configuration nothing was written.
    """
    started = time.perf_counter()
    _check(config, advisor)
    if player is None:
        _check_milestone(config.stop_at)
    cartridge = open_cartridge(config.cartridge)
    with ExitStack() as stack:
        attempt, file = _open_attempt(config)
        stack.callback(file.close)
        emulator = stack.enter_context(Emulator(cartridge.rom))
        fan_out = FanOut(sinks)
        stack.callback(fan_out.close)
        recorder = Recorder(attempt, file, fan_out, emulator, clock)
        run = _Run(config, attempt, file, cartridge, emulator, recorder, started, advisor, player or _default_player())
        return run.play(progress, should_stop)


class _Run:
    """One call of play(): its parts, and the loop over turns."""

    def __init__(
        self,
        config: RunConfig,
        attempt: Attempt,
        file: JsonlFile,
        cartridge: Cartridge,
        emulator: Emulator,
        recorder: Recorder,
        started: float,
        advisor: Advisor | None,
        factory: PlayerFactory,
    ) -> None:
        self._config = config
        self._attempt = attempt
        self._file = file
        self._cartridge = cartridge
        self._emulator = emulator
        self._recorder = recorder
        self._started = started
        self._resumed = file.size > 0
        self._session = Session(
            phase="start",
            cartridge_sha1=cartridge.sha1,
            cartridge_title=cartridge.title,
            strategy=config.strategy,
            seed=config.seed,
            genome=config.genome.to_mapping(),
            agent_version=_version("pokemon-pipeline"),
            emulator_version=_version("pyboy"),
            wram_hash=emulator.wram_hash(),
        )
        point = self._start_point()
        strategy = _strategy(config, advisor, recorder.emit, self._advice_after(point))
        self._player = factory(emulator, cartridge, genome=config.genome, strategy=strategy, emit=recorder.emit)
        self._begin(point)
        self._saved_turn = self._player.turns
        self._saved_frames = emulator.frames_run
        self._first_frames = emulator.frames_run
        self._reported = 0.0

    def play(self, progress: Callable[[Progress], None] | None, should_stop: Callable[[], bool] | None) -> RunResult:
        while not (reason := self._stop_reason(should_stop)):
            self._player.turn()
            self._after_turn(progress)
        finished = reason != "stopped"
        if finished:
            self._finish(reason)
        elif not self._recorder.resuming:
            self._save_checkpoint()
        self._recorder.sync()
        if progress is not None:
            progress(self._progress())
        return self._result(reason, finished)

    def _start_point(self) -> Checkpoint | None:
        """The checkpoint to go on from, after checking that this is the run that was recorded."""
        if not self._resumed:
            return None
        _check_session(self._attempt, self._session)
        point = checkpoints.load(self._attempt.checkpoint)
        if point is None or point.offset > self._file.size or not point.event_id.startswith(self._prefix()):
            return None
        return point

    def _prefix(self) -> str:
        return f"{self._attempt.run_id}:{self._attempt.number}:"

    def _advice_after(self, point: Checkpoint | None) -> list[Advice]:
        """The advice on disk that the player will ask for again."""
        if not self._resumed:
            return []
        lines = whole_lines(self._attempt.telemetry, point.offset if point else 0)
        events = [decode_line(line) for line in lines if b'"event_type":"advice"' in line]
        return [event.data for event in events if isinstance(event.data, Advice)]

    def _begin(self, point: Checkpoint | None) -> None:
        """Bring player and recorder to the start of the first turn of this call."""
        recorder, player = self._recorder, self._player
        if self._resumed:
            recorder.expect(recorded(self._attempt.telemetry, point.offset if point else 0))
        recorder.turn = lambda: player.turns
        if point is None:
            recorder.emit(self._session)
            player.boot(self._config.seed)
            recorder.tally.intro_presses = self._emulator.presses
            return
        self._emulator.resume(point.emulator, presses=point.presses, frames_run=point.frames_run, inputs=point.inputs)
        player.restore_memory(point.player)
        recorder.tally, recorder.seq, recorder.event_id = point.tally, point.seq, point.event_id
        recorder.occurred_at = point.occurred_at
        if self._emulator.wram_hash() != point.wram_hash:
            raise RunError(
                f"Run {self._config.run_id} cannot be resumed: its checkpoint does not restore the state it was taken "
                "in; start a new attempt."
            )

    def _stop_reason(self, should_stop: Callable[[], bool] | None) -> str:
        """Why to stop now, empty to go on; turns that are already on disk are repeated whatever the stop rules say."""
        if self._recorder.repeating_turns:
            return "stopped" if should_stop is not None and should_stop() else ""
        if self._config.stop_at is not None and self._recorder.tally.reached(self._config.stop_at):
            return "milestone"
        if self._player.status.stop_reason:
            return self._player.status.stop_reason
        if self._player.turns >= self._config.max_turns:
            return "max_turns"
        if should_stop is not None and should_stop():
            return "stopped"
        return ""

    def _after_turn(self, progress: Callable[[Progress], None] | None) -> None:
        """What follows a turn and must not change the run: report, pace, pictures, checkpoint."""
        if progress is not None:
            now = time.perf_counter()
            if now - self._reported >= PROGRESS_SECONDS:
                self._reported = now
                progress(self._progress())
        if self._recorder.resuming:
            return
        turns, config = self._player.turns, self._config
        if config.pace is not None:
            played = (self._emulator.frames_run - self._first_frames) / (FRAMES_PER_SECOND * config.pace)
            time.sleep(max(0.0, played - (time.perf_counter() - self._started)))
        if config.screenshots_every is not None and turns % config.screenshots_every == 0:
            self._save_picture(f"turn_{turns:06d}.png")
        if (
            turns - self._saved_turn >= config.checkpoint_every
            and self._emulator.frames_run - self._saved_frames >= CHECKPOINT_FRAMES
        ):
            self._save_checkpoint()

    def _save_picture(self, name: str) -> None:
        folder = self._attempt.frames
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._emulator.screenshot().save(folder / name)
        except OSError as error:
            raise RunError(f"The picture {folder / name} cannot be written ({error.strerror}).") from error

    def _save_checkpoint(self) -> None:
        emulator, recorder = self._emulator, self._recorder
        point = Checkpoint(
            event_id=recorder.event_id,
            seq=recorder.seq,
            offset=recorder.offset,
            occurred_at=recorder.occurred_at,
            frame=emulator.frame,
            presses=emulator.presses,
            frames_run=emulator.frames_run,
            inputs=emulator.pending_inputs(),
            emulator=emulator.snapshot(),
            player=self._player.memory(),
            tally=recorder.tally,
            wram_hash=emulator.wram_hash(),
        )
        recorder.sync()
        try:
            checkpoints.save(self._attempt.checkpoint, point)
        except OSError as error:
            raise RunError(
                f"The checkpoint {self._attempt.checkpoint} cannot be written ({error.strerror}); "
                f"make room and play run {self._config.run_id} again to go on."
            ) from error
        self._saved_turn = self._player.turns
        self._saved_frames = emulator.frames_run

    def _finish(self, reason: str) -> None:
        """Close the attempt: fitness, then the end of the session."""
        recorder = self._recorder
        if reason not in ("milestone", "max_turns"):
            self._save_picture("end.png")
        recorder.emit(recorder.tally.fitness(self._player.turns))
        recorder.emit(
            msgspec.structs.replace(
                self._session,
                phase="end",
                reason=reason,
                battles_won=recorder.tally.battles_won,
                maps_visited=len(recorder.tally.maps),
                presses=self._emulator.presses,
                intro_presses=recorder.tally.intro_presses,
                wram_hash=self._emulator.wram_hash(),
            )
        )
        self._attempt.checkpoint.unlink(missing_ok=True)

    def _progress(self) -> Progress:
        tally, seconds = self._recorder.tally, time.perf_counter() - self._started
        return Progress(
            turns=self._player.turns,
            frames=self._emulator.frame,
            presses=self._emulator.presses,
            seconds=seconds,
            map_id=tally.map_id,
            position=tally.position,
            badges=tally.badges,
            party_count=tally.party_count,
            milestones=tuple(one.milestone for one in tally.milestones),
            frames_per_second=(self._emulator.frames_run - self._first_frames) / seconds,
        )

    def _result(self, reason: str, finished: bool) -> RunResult:
        tally = self._recorder.tally
        return RunResult(
            run_id=self._config.run_id,
            attempt=self._attempt.number,
            reason=reason,
            finished=finished,
            turns=self._player.turns,
            presses=self._emulator.presses,
            intro_presses=tally.intro_presses,
            frames=self._emulator.frame,
            seconds=time.perf_counter() - self._started,
            battles_won=tally.battles_won,
            maps_visited=len(tally.maps),
            map_id=tally.map_id,
            position=tally.position,
            party_count=tally.party_count,
            badges=tally.badges,
            milestones=tuple(tally.milestones),
            wram_hash=self._emulator.wram_hash(),
            telemetry=self._attempt.telemetry,
            cartridge_sha1=self._cartridge.sha1,
            cartridge_title=self._cartridge.title,
            resumed=self._resumed,
        )


def _check(config: RunConfig, advisor: Advisor | None) -> None:
    """Refuse a configuration that cannot work before anything is written."""
    if not RUN_ID.fullmatch(config.run_id):
        raise RunError(f"Run id {config.run_id!r} is not usable; use letters, digits, dots, dashes and underscores.")
    if config.strategy not in STRATEGIES:
        raise RunError(f"There is no strategy {config.strategy!r}; known are {', '.join(STRATEGIES)}.")
    if config.strategy in ("medium", "high") and advisor is None:
        raise RunError(f"Strategy {config.strategy} needs an advisor; use heuristic, or configure one.")
    if config.max_turns < 1:
        raise RunError(f"The turn limit must be at least 1, not {config.max_turns}.")
    if config.seed < 0:
        raise RunError(f"The seed must not be negative (it is {config.seed}): it counts frames.")
    if config.pace is not None and not config.pace > 0:
        raise RunError(f"The pace must be more than 0, not {config.pace}.")
    for name, value in (("checkpoint_every", config.checkpoint_every), ("screenshots_every", config.screenshots_every)):
        if value is not None and value < 1:
            raise RunError(f"{name} must be at least 1 turn, not {value}.")


def _check_milestone(stop_at: str | None) -> None:
    """Refuse to stop at a milestone that the player's referee does not know."""
    from agent_core.quest.objectives import load_milestones

    known = [milestone.id for milestone in load_milestones()]
    if stop_at is not None and stop_at not in known:
        raise RunError(f"There is no milestone {stop_at!r} to stop at; known are {', '.join(known)}.")


def _open_attempt(config: RunConfig) -> tuple[Attempt, JsonlFile]:
    """The attempt to play with its file locked: the last one when it is unfinished, otherwise a new one."""
    known = attempts(config.data_dir, config.run_id)
    last = known[-1] if known else None
    if last is None or config.new_attempt or last.finished():
        last = Attempt(config.data_dir, config.run_id, last.number + 1 if last else 1)
    try:
        last.telemetry.parent.mkdir(parents=True, exist_ok=True)
        return last, JsonlFile(last.telemetry)
    except FileBusyError:
        raise RunError(f"Run {config.run_id} is being played by another process; wait for it or stop it.") from None
    except OSError as error:
        raise RunError(
            f"The data folder {config.data_dir} cannot be written ({error.strerror}); choose another one."
        ) from None


def _check_session(attempt: Attempt, session: Session) -> None:
    """Refuse to continue what another cartridge, seed, genome, strategy or version began."""
    first = next(whole_lines(attempt.telemetry))
    try:
        begun = decode_line(first).data
    except BadLineError as error:
        raise RunError(
            f"Run {attempt.run_id} cannot be resumed: its telemetry is damaged ({error}); start a new attempt."
        ) from None
    for name in session.__struct_fields__:
        if getattr(begun, name, None) != getattr(session, name):
            raise RunError(
                f"Run {attempt.run_id} cannot be resumed: its {name} was {getattr(begun, name, None)!r}, "
                f"now it is {getattr(session, name)!r}; use another run id or start a new attempt."
            )


def _strategy(
    config: RunConfig, advisor: Advisor | None, emit: Callable[[Advice], None], recorded_advice: Sequence[Advice]
) -> Strategy:
    heuristic = Heuristic()
    if advisor is None or config.strategy not in ("medium", "high"):
        return heuristic
    level: Literal["medium", "high"] = "medium" if config.strategy == "medium" else "high"
    return AdvisedStrategy(level, heuristic, advisor, emit, recorded_advice)


def _default_player() -> PlayerFactory:
    """The player itself; imported late because reading the maps' code is not needed for a wrong configuration."""
    from agent_core.player import Player

    return Player


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"
