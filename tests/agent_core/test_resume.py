from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent_core import checkpoint as checkpoints
from agent_core import run as run_module
from agent_core.attempts import Attempt
from agent_core.genome import Genome
from agent_core.jsonl import whole_lines
from agent_core.run import RunError, RunResult
from agent_core.strategy.advised import AdviceRequest
from agent_core.telemetry import Advice, decode_line
from tests.agent_core.scripted_player import ScriptedPlayer
from tests.agent_core.test_run import events_of, refusal, without_time

Play = Callable[..., RunResult]
TURNS = 240


@pytest.fixture(autouse=True)
def frequent_checkpoints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "CHECKPOINT_FRAMES", 100)


def stop_after(turns: int) -> Callable[[], bool]:
    calls = iter(range(turns))
    return lambda: next(calls, None) is None


def attempt_of(tmp_path: Path, run_id: str = "r") -> Attempt:
    return Attempt(tmp_path / "data", run_id, 1)


def test_a_stopped_run_goes_on_where_it_was(play_tiny: Play, tmp_path: Path) -> None:
    whole = play_tiny(run_id="whole", max_turns=TURNS)
    stopped = play_tiny(max_turns=TURNS, should_stop=stop_after(101))
    assert (stopped.reason, stopped.finished, stopped.turns) == ("stopped", False, 101)
    assert attempt_of(tmp_path).checkpoint.exists()
    turns: list[int] = []

    class Counting(ScriptedPlayer):
        def turn(self) -> None:
            super().turn()
            turns.append(self.turns)

    resumed = play_tiny(max_turns=TURNS, player=Counting)
    assert (resumed.attempt, resumed.resumed, resumed.finished) == (1, True, True)
    assert turns[0] == 102
    assert without_time(resumed) == without_time(whole)
    assert (resumed.wram_hash, resumed.presses, resumed.milestones) == (
        whole.wram_hash,
        whole.presses,
        whole.milestones,
    )
    assert not attempt_of(tmp_path).checkpoint.exists()


def test_a_run_without_a_checkpoint_is_repeated_from_power_on(play_tiny: Play, tmp_path: Path) -> None:
    whole = play_tiny(run_id="whole", max_turns=TURNS)
    play_tiny(max_turns=TURNS, should_stop=stop_after(100))
    attempt_of(tmp_path).checkpoint.unlink()
    assert without_time(play_tiny(max_turns=TURNS)) == without_time(whole)


@pytest.mark.parametrize("damage", [b"", b"not a checkpoint", None])
def test_an_unusable_checkpoint_is_ignored(play_tiny: Play, tmp_path: Path, damage: bytes | None) -> None:
    whole = play_tiny(run_id="whole", max_turns=TURNS)
    play_tiny(max_turns=TURNS, should_stop=stop_after(100))
    path = attempt_of(tmp_path).checkpoint
    path.write_bytes(path.read_bytes()[:-20] if damage is None else damage)
    assert without_time(play_tiny(max_turns=TURNS)) == without_time(whole)


def test_a_checkpoint_newer_than_the_lines_that_survived_is_ignored(play_tiny: Play, tmp_path: Path) -> None:
    whole = play_tiny(run_id="whole", max_turns=TURNS)
    play_tiny(max_turns=TURNS, should_stop=stop_after(100))
    path = attempt_of(tmp_path).telemetry
    path.write_bytes(path.read_bytes()[:9_001])
    resumed = play_tiny(max_turns=TURNS)
    assert resumed.resumed
    assert without_time(resumed) == without_time(whole)


def test_a_stop_while_repeating_keeps_everything(play_tiny: Play, tmp_path: Path) -> None:
    play_tiny(max_turns=TURNS, should_stop=stop_after(100))
    attempt_of(tmp_path).checkpoint.unlink()
    before = attempt_of(tmp_path).telemetry.read_bytes()
    stopped = play_tiny(max_turns=TURNS, should_stop=stop_after(20))
    assert (stopped.reason, stopped.turns) == ("stopped", 20)
    assert attempt_of(tmp_path).telemetry.read_bytes() == before
    assert not attempt_of(tmp_path).checkpoint.exists()


def test_turns_on_disk_are_kept_when_the_limit_is_lower_now(play_tiny: Play, tmp_path: Path) -> None:
    play_tiny(max_turns=TURNS, should_stop=stop_after(100))
    attempt_of(tmp_path).checkpoint.unlink()
    before = attempt_of(tmp_path).telemetry.read_bytes()
    resumed = play_tiny(max_turns=50, stop_at="half")
    assert (resumed.reason, resumed.turns) == ("milestone", 100)
    assert attempt_of(tmp_path).telemetry.read_bytes().startswith(before)


def test_a_run_killed_before_its_last_event_only_gets_that(play_tiny: Play, tmp_path: Path) -> None:
    whole = without_time(play_tiny(max_turns=60))
    path = attempt_of(tmp_path).telemetry
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    resumed = play_tiny(max_turns=60)
    assert (resumed.attempt, resumed.turns) == (1, 60)
    assert without_time(resumed) == whole


def test_a_repeated_run_takes_no_pictures_twice(play_tiny: Play, tmp_path: Path) -> None:
    play_tiny(max_turns=TURNS, should_stop=stop_after(30), screenshots_every=10)
    attempt_of(tmp_path).checkpoint.unlink()
    first = attempt_of(tmp_path).frames / "turn_000010.png"
    stamp = first.stat().st_mtime_ns
    play_tiny(max_turns=40, screenshots_every=10)
    assert first.stat().st_mtime_ns == stamp
    assert (attempt_of(tmp_path).frames / "turn_000040.png").exists()


def test_a_torn_tail_is_cut_and_written_again(play_tiny: Play, tmp_path: Path) -> None:
    whole = play_tiny(run_id="whole", max_turns=TURNS)
    play_tiny(max_turns=TURNS, should_stop=stop_after(100))
    path = attempt_of(tmp_path).telemetry
    with path.open("ab") as file:
        file.write(b'{"schema":"pokemon.game.v1","event_ty')
    assert without_time(play_tiny(max_turns=TURNS)) == without_time(whole)


def test_another_attempt_can_be_asked_for_although_the_last_is_unfinished(play_tiny: Play) -> None:
    play_tiny(max_turns=TURNS, should_stop=stop_after(30))
    again = play_tiny(max_turns=30, new_attempt=True)
    assert (again.attempt, again.resumed, again.turns) == (2, False, 30)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"seed": 4}, "its seed was 0, now it is 4"),
        ({"genome": Genome(door_cooldown=2)}, "its genome was"),
        ({"strategy": "low"}, "its strategy was 'heuristic', now it is 'low'"),
    ],
)
def test_a_run_begun_otherwise_is_not_resumed(play_tiny: Play, options: dict[str, Any], words: str) -> None:
    play_tiny(max_turns=TURNS, should_stop=stop_after(30))
    assert words in refusal(play_tiny, max_turns=TURNS, **options)


def test_a_player_that_does_not_repeat_itself_is_not_resumed(play_tiny: Play, tmp_path: Path) -> None:
    class Changed(ScriptedPlayer):
        def turn(self) -> None:
            super().turn()
            if self.turns == 20:
                self.emulator.tick(1)

    play_tiny(max_turns=TURNS, should_stop=stop_after(30))
    attempt_of(tmp_path).checkpoint.unlink()
    before = attempt_of(tmp_path).telemetry.read_bytes()
    assert "is not what was recorded" in refusal(play_tiny, max_turns=TURNS, player=Changed)
    assert attempt_of(tmp_path).telemetry.read_bytes() == before


@pytest.mark.parametrize("line", [0, 5, -1])
def test_damaged_telemetry_is_not_resumed(play_tiny: Play, tmp_path: Path, line: int) -> None:
    play_tiny(max_turns=TURNS, should_stop=stop_after(30))
    attempt_of(tmp_path).checkpoint.unlink()
    path = attempt_of(tmp_path).telemetry
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line] = b"\x00garbage\n"
    path.write_bytes(b"".join(lines))
    assert "is damaged" in refusal(play_tiny, max_turns=TURNS)


def test_a_checkpoint_of_another_state_is_not_resumed(play_tiny: Play, tmp_path: Path) -> None:
    import msgspec

    play_tiny(max_turns=TURNS, should_stop=stop_after(30))
    path = attempt_of(tmp_path).checkpoint
    point = checkpoints.load(path)
    assert point is not None
    checkpoints.save(path, msgspec.structs.replace(point, wram_hash="0" * 64))
    assert "does not restore the state" in refusal(play_tiny, max_turns=TURNS)


def test_a_checkpoint_of_a_later_version_is_ignored(play_tiny: Play, tmp_path: Path) -> None:
    import msgspec

    play_tiny(max_turns=TURNS, should_stop=stop_after(30))
    path = attempt_of(tmp_path).checkpoint
    point = checkpoints.load(path)
    assert point is not None
    checkpoints.save(path, msgspec.structs.replace(point, version=99))
    assert checkpoints.load(path) is None
    assert play_tiny(max_turns=TURNS).resumed


class Whim:
    """An advisor that never answers twice the same."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.asked = 0

    def advise(self, request: AdviceRequest) -> str | None:
        self.asked += 1
        return self.random.choice(["left", "right", "nonsense", None])


def test_a_resumed_run_is_told_again_what_it_was_told(play_tiny: Play, tmp_path: Path) -> None:
    first = Whim(1)
    play_tiny(max_turns=TURNS, strategy="high", advisor=first, should_stop=stop_after(120))
    attempt_of(tmp_path).checkpoint.unlink()
    told = [
        decode_line(line).data
        for line in whole_lines(attempt_of(tmp_path).telemetry)
        if b'"event_type":"advice"' in line
    ]
    assert len(told) == first.asked > 2
    second = Whim(2)
    resumed = play_tiny(max_turns=TURNS, strategy="high", advisor=second)
    advice = [event.data for event in events_of(resumed) if isinstance(event.data, Advice)]
    assert advice[: len(told)] == told
    assert second.asked == len(advice) - len(told) > 0


def play_until_killed(play_tiny: Play, before: Callable[[], None]) -> bool:
    """Play in a child process; True when it lived to the end of the run."""
    child = os.fork()
    if child == 0:
        try:
            before()
            play_tiny(max_turns=TURNS)
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)


def kill_in_write(number: int, share: float) -> Callable[[], None]:
    """Have this process killed in the middle of its `number`th write."""

    def arrange() -> None:
        real_write, left = os.write, [number]

        def write(descriptor: int, text: bytes) -> int:
            left[0] -= 1
            if left[0] <= 0:
                real_write(descriptor, text[: int(len(text) * share)])
                os.kill(os.getpid(), signal.SIGKILL)
            return real_write(descriptor, text)

        os.write = write  # type: ignore[assignment]

    return arrange


def kill_after(seconds: float) -> Callable[[], None]:
    """Have this process ended by a timer, wherever it is then."""
    return lambda: (signal.signal(signal.SIGALRM, signal.SIG_DFL), signal.setitimer(signal.ITIMER_REAL, seconds))


def kill_in_checkpoint(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Have this process killed when its checkpoint is written but not yet in place."""

    def replace(self: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGKILL)
        return target

    return lambda: monkeypatch.setattr(Path, "replace", replace)


def test_a_run_killed_at_any_instants_ends_like_an_undisturbed_one(
    play_tiny: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = play_tiny(run_id="whole", max_turns=TURNS)
    chance = random.Random(7)
    ways: list[Callable[[], None]] = [kill_in_checkpoint(monkeypatch)]
    ways += [kill_in_write(chance.randrange(1, 60), chance.random()) for _ in range(15)]
    ways += [kill_after(chance.uniform(0.005, 0.12)) for _ in range(15)]
    chance.shuffle(ways)
    killed = sum(not play_until_killed(play_tiny, way) for way in ways)
    assert killed > 5
    if not attempt_of(tmp_path).finished():
        play_tiny(max_turns=TURNS)
    lines = list(whole_lines(attempt_of(tmp_path).telemetry))
    mine = [decode_line(line) for line in lines]
    assert [event.seq for event in mine] == list(range(1, len(lines) + 1))
    assert [(event.seq, event.event_type, event.turn, event.frame, event.data) for event in mine] == without_time(whole)
    assert mine[-1].data.wram_hash == whole.wram_hash
    stamps = [event.occurred_at for event in mine]
    assert stamps == sorted(stamps)


def test_run_errors_are_exceptions_of_their_own() -> None:
    assert not issubclass(RunError, (OSError, ValueError))
