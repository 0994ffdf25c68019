"""Measures the budgets of DESIGN section 8 that concern a run: `python -m tests.bench.bench [--turns N]`.

Ratios are taken within one process, so that a busy machine weighs on both sides; nothing here is a test.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from agent_core.cartridge import open_cartridge
from agent_core.emulator import Emulator
from agent_core.gen1.state import StateReader
from agent_core.jsonl import whole_lines
from agent_core.player import Player, knowledge
from agent_core.recording import Recording, read_recording
from agent_core.replay import RecordingPlayer
from agent_core.run import RunConfig, RunResult, play
from agent_core.telemetry import Overworld, decode_line
from agent_core.world.routing import UNREACHABLE, Router

BEDROOM = (38, 3, 6)
"""Where a new game begins (gen1 4.2)."""

REPEATS = 5
START_UP = "from pokemon_pipeline.cli.main import main; main()"


class Figure(NamedTuple):
    what: str
    measured: str
    budget: str
    kept: bool


class Clock:
    """Where the time of a run goes, in seconds."""

    def __init__(self) -> None:
        self.console = self.snapshots = self.telemetry = 0.0
        self.snapshots_taken = 0
        self.turns: list[float] = []


def timed(call: Callable[..., Any], add: Callable[[float], None]) -> Callable[..., Any]:
    """`call`, reporting what each call took."""

    def measured(*arguments: Any, **options: Any) -> Any:
        started = perf_counter()
        try:
            return call(*arguments, **options)
        finally:
            add(perf_counter() - started)

    return measured


def measured_player(clock: Clock, *, turns: bool) -> Callable[..., Player]:
    """A factory of the real player that times its snapshots, and with `turns` also all else outside the agent."""

    def console(seconds: float) -> None:
        clock.console += seconds

    def snapshot(seconds: float) -> None:
        clock.snapshots += seconds
        clock.snapshots_taken += 1

    def restore(seconds: float) -> None:
        clock.snapshots += seconds

    def telemetry(seconds: float) -> None:
        clock.telemetry += seconds

    class Measured(Player):
        def __init__(self, emulator: Emulator, *arguments: Any, emit: Callable[..., None], **options: Any) -> None:
            emulator.snapshot = timed(emulator.snapshot, snapshot)  # type: ignore[method-assign]
            emulator.restore = timed(emulator.restore, restore)  # type: ignore[method-assign]
            if turns:
                emulator._tick = timed(emulator._tick, console)
                emit = timed(emit, telemetry)
            super().__init__(emulator, *arguments, emit=emit, **options)

        def turn(self) -> None:
            started, elsewhere = perf_counter(), clock.console + clock.snapshots
            super().turn()
            clock.turns.append(perf_counter() - started - (clock.console + clock.snapshots - elsewhere))

    return Measured


def bare_replay(recording: Recording, rom: bytes) -> tuple[int, float]:
    """Frames and seconds of the same presses without player, telemetry and hashes; restores are not counted.

    Switching the console on counts, as it does in a run.
    """
    elsewhere = 0.0
    kept: dict[int, bytes] = {}
    started = perf_counter()
    with Emulator(rom) as emulator:
        for segment in recording.segments:
            stops = dict(segment.inputs)
            moments = sorted({*stops, *segment.snapshots, segment.end})
            if segment.restored_frame is not None:
                begun = perf_counter()
                emulator.restore(kept[segment.restored_frame])
                elsewhere += perf_counter() - begun
            for moment in moments:
                emulator.tick(moment - emulator.frame)
                if moment in segment.snapshots:
                    begun = perf_counter()
                    kept[moment] = emulator.snapshot()
                    elsewhere += perf_counter() - begun
                if moment in stops:
                    emulator.hold(stops[moment])
        return emulator.frames_run, perf_counter() - started - elsewhere


def step_frames(result: RunResult) -> list[int]:
    """Frames of every turn that moved the character by one cell on one map."""
    frames, last, last_frame = [], None, 0
    for line in whole_lines(result.telemetry):
        event = decode_line(line)
        here = event.data
        if isinstance(here, Overworld):
            if last is not None and here.map_id == last.map_id and not here.stuck_turns:
                moved = abs(here.position.x - last.position.x) + abs(here.position.y - last.position.y)
                if moved == 1:
                    frames.append(event.frame - last_frame)
            last = here
        elif event.event_type in ("decision", "battle", "backtrack", "map_change"):
            last = None
        last_frame = event.frame
    return frames


def microseconds(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1e6


def config(folder: Path, run_id: str, turns: int) -> RunConfig:
    return RunConfig(run_id=run_id, data_dir=folder, max_turns=turns, stop_at="viridian")


def whole_run(folder: Path, turns: int) -> list[Figure]:
    """The figures of one run, repeated: the same turn takes the same work each time, so its best time counts.

    Ratios are medians over pairs that were measured side by side.
    """
    rom = open_cartridge(None).rom
    ratios, speeds, clocks, shares, frames = [], [], [], [], 0
    for number in range(REPEATS):
        knowledge(rom)
        plain = Clock()
        result = play(config(folder, f"plain-{number}", turns), player=measured_player(plain, turns=False))
        frames, bare_seconds = bare_replay(read_recording(result.telemetry), rom)
        seconds = result.seconds - plain.snapshots
        ratios.append(bare_seconds / seconds)
        speeds.append((frames / seconds, frames / bare_seconds))
        clocks.append(Clock())
        knowledge.cache_clear()
        timed_run = play(config(folder, f"timed-{number}", turns), player=measured_player(clocks[-1], turns=True))
        shares.append(clocks[-1].telemetry / (timed_run.seconds - clocks[-1].snapshots))
    agent = [min(times) for times in zip(*(clock.turns for clock in clocks), strict=True)]
    ratio, (fps, bare) = statistics.median(ratios), max(speeds)
    telemetry = statistics.median(shares)
    taken, snapshots = clocks[0].snapshots_taken, min(clock.snapshots for clock in clocks)
    steps = step_frames(result)
    median, high = microseconds(agent, 0.5), microseconds(agent, 0.99)
    taken = clocks[0].snapshots_taken
    milestones = ", ".join(f"{one.milestone} turn {one.turn}" for one in result.milestones) or "none"
    figures = [
        Figure("run", f"{result.turns} turns, {result.frames} frames, milestones: {milestones}", "", True),
        Figure("whole run / bare replay", f"{ratio:.2f} (best {fps:,.0f} / {bare:,.0f} fps)", ">= 0.70", ratio >= 0.7),
        Figure("agent time per turn, median", f"{median:.0f} us", "<= 100 us", median <= 100),
        Figure("agent time per turn, 99th percentile", f"{high:.0f} us", "<= 500 us", high <= 500),
        Figure(
            "snapshots",
            f"{taken} taken, {snapshots * 1e3:.0f} ms with restores",
            f"<= {frames // 1000}",
            taken <= frames // 1000 + 1,
        ),
        Figure("telemetry cost", f"{telemetry:.1%}", "<= 3 %", telemetry <= 0.03),
    ]
    if steps:
        usual, worst = statistics.median(steps), sorted(steps)[int(len(steps) * 0.9)]
        figures.append(
            Figure("frames per step, median / 90 %", f"{usual:.0f} / {worst} of {len(steps)}", "<= 17", usual <= 17)
        )
    return figures


def observation(turns: int = 2000) -> Figure:
    """One pass over RAM, where the character stands at the end of the intro."""
    cartridge = open_cartridge(None)
    with Emulator(cartridge.rom) as emulator, tempfile.TemporaryDirectory() as folder:
        result = play(RunConfig(run_id="state", data_dir=Path(folder), max_turns=1))
        RecordingPlayer(read_recording(result.telemetry), emulator).play()
        reader, times = StateReader(emulator), []
        for _ in range(turns):
            started = perf_counter()
            reader.read()
            times.append(perf_counter() - started)
    median = microseconds(times, 0.5)
    return Figure("observation of the game state", f"{median:.1f} us", "<= 30 us", median <= 30)


def routes() -> list[Figure]:
    """The longest route of the world that the cartridge holds: the field and the way, then the way alone."""
    world = knowledge(open_cartridge(None).rom).world
    home = world.node(BEDROOM)
    assert home is not None
    goal = (home,)
    field = Router(world).field(goal)
    reachable = [node for node, distance in enumerate(field) if distance < UNREACHABLE]
    start = world.cell(max(reachable, key=field.__getitem__))
    cold, warm, length = [], [], 0
    for _ in range(5):
        router = Router(world)
        started = perf_counter()
        length = len(router.route(start, goal))
        cold.append(perf_counter() - started)
        started = perf_counter()
        router.route(start, goal)
        warm.append(perf_counter() - started)
    figures = []
    for name, times, limit in (("cold", cold, 20.0), ("warm", warm, 1.0)):
        value = statistics.median(times) * 1e3
        figures.append(
            Figure(f"longest route, {length} edges, {name}", f"{value:.2f} ms", f"<= {limit:g} ms", value <= limit)
        )
    return figures


def start_up(folder: Path) -> Figure:
    """`pokemon play` from its process to the end of the first turn, the intro included."""
    command = [sys.executable, "-c", START_UP, "play", "--practice", "--max-turns", "1", "--data-dir", str(folder)]
    times = []
    for _ in range(3):
        started = perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(perf_counter() - started)
    seconds = min(times)
    return Figure("start of pokemon play to its first turn", f"{seconds:.2f} s", "<= 1.5 s", seconds <= 1.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=1000)
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = [*whole_run(folder, turns), observation(), *routes(), start_up(folder)]
    for figure in figures:
        mark = "     " if not figure.budget else "ok   " if figure.kept else "OVER "
        sys.stdout.write(f"{mark}{figure.what:40} {figure.measured:44} {figure.budget}\n")


if __name__ == "__main__":
    main()
