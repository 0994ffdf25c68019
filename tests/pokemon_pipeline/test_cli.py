from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from agent_core.run import RunConfig, RunError
from agent_core.telemetry import Session
from pokemon_pipeline import resources
from pokemon_pipeline.cli import demo as demo_command
from pokemon_pipeline.cli import doctor, play, progress
from pokemon_pipeline.cli import main as cli
from pokemon_pipeline.cli.errors import CommandError
from pokemon_pipeline.settings import Settings
from pokemon_pipeline.warehouse import connection, query
from tests.pokemon_pipeline.conftest import FakePlayer, WriteRun, run_lines

ROOT = Path(__file__).resolve().parents[2]


class Shell:
    """Runs `pokemon` in this process and remembers what it said."""

    def __init__(self, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data_dir = data_dir
        self._capsys = capsys
        self.out = ""
        self.error = ""

    def __call__(self, *arguments: str, data: bool = True) -> int:
        place = ["--data-dir", str(self.data_dir)] if data else []
        status = cli.run([*arguments, *place])
        self.out, self.error = self._capsys.readouterr()
        return status

    def refused(self, *arguments: str, status: int = 2, data: bool = True) -> str:
        """The one sentence that bad use is answered with."""
        assert self(*arguments, data=data) == status
        assert self.out == "" and self.error.count("\n") == 1, self.error
        return self.error.strip()


@pytest.fixture
def pokemon(settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    for name in [name for name in os.environ if name.startswith("POKEMON_")]:
        monkeypatch.delenv(name)
    return Shell(settings.data_dir, capsys)


@pytest.fixture
def fake_player(monkeypatch: pytest.MonkeyPatch) -> FakePlayer:
    player = FakePlayer()
    monkeypatch.setattr("agent_core.run.play", lambda config, progress, **_: player.play(config, progress))
    return player


def test_help_is_shown_when_nothing_is_asked(pokemon: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pokemon(data=False) == 0
    for command in ("demo", "play", "replay", "load", "query", "cartridge", "doctor"):
        assert command in pokemon.out
    monkeypatch.setattr(sys, "argv", ["pokemon", "--help"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["play"], "--practice"),
        (["play", "rom.gb", "--practice"], "not both"),
        (["play", "none.gb"], "no ROM file none.gb"),
        (["play", "."], "is a folder"),
        (["play", "--practice", "--strategy", "psychic"], "known are heuristic"),
        (["play", "--practice", "--strategy", "high"], "needs an advisor"),
        (["play", "--practice", "--stop-at", "the moon"], "known are rival_beaten, viridian"),
        (["play", "--practice", "--max-turns", "-3"], "max_turns"),
        (["play", "--practice", "--max-turns", "many"], "--max-turns"),
        (["play", "--practice", "--resume"], "No run is unfinished"),
        (["play", "--practice", "--resume", "--run-id", "r"], "Run r is not unfinished"),
        (["replay", "nobody"], "There is no run nobody"),
        (["replay", "nobody", "--attempt", "3"], "nobody with attempt 3"),
        (["replay", "nobody.jsonl"], "no telemetry file nobody.jsonl"),
        (["query", "select 1"], "There is no warehouse"),
        (["fly"], "No such command 'fly'"),
        (["query"], "Missing argument 'SQL'"),
    ],
)
def test_bad_use_is_one_sentence_and_writes_nothing(pokemon: Shell, arguments: list[str], said: str) -> None:
    assert said in pokemon.refused(*arguments, data=arguments not in (["fly"],))
    assert not pokemon.data_dir.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"\x00" * 100, "not a Game Boy ROM"), (b"\x00" * 0x8000, "not a Game Boy ROM")],
)
def test_a_wrong_rom_is_one_sentence(pokemon: Shell, tmp_path: Path, content: bytes, said: str) -> None:
    rom = tmp_path / "rom.gb"
    rom.write_bytes(content)
    assert said in pokemon.refused("play", str(rom))
    assert said in pokemon.refused("cartridge", "info", str(rom), data=False)
    assert not pokemon.data_dir.exists()


@pytest.mark.parametrize("command", [["play", "--practice"], ["load"], ["demo"]])
def test_a_data_folder_that_cannot_be_written_is_bad_use(pokemon: Shell, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    pokemon.data_dir = tmp_path / "file" / "data"
    assert "Nothing can be written to the data folder" in pokemon.refused(*command)


def test_a_wrong_config_file_is_bad_use(pokemon: Shell) -> None:
    assert "does not exist" in pokemon.refused("play", "--practice", "--config", "none.toml")


def test_a_run_shows_its_milestones_and_where_its_telemetry_is(pokemon: Shell, fake_player: FakePlayer) -> None:
    assert pokemon("play", "--practice", "--seed", "4", "--run-id", "run-a", "--stop-at", "viridian") == 0
    (config,) = fake_player.configs
    assert (config.seed, config.cartridge, config.stop_at, config.strategy) == (4, None, "viridian", "heuristic")
    assert "viridian" in pokemon.out and "1500" in pokemon.out and "high" in pokemon.out
    assert "Run run-a (attempt 1) ended: milestone; 6 turns" in pokemon.out
    assert f"telemetry: {pokemon.data_dir / 'telemetry' / 'game' / 'run-a.1.jsonl'}" in pokemon.out
    assert "run-a: turn 1  frame 16  map 0 (1, 6)" in pokemon.error


def test_a_script_gets_json_and_nothing_else(pokemon: Shell, fake_player: FakePlayer) -> None:
    assert pokemon("play", "--practice", "--json") == 0
    result = json.loads(pokemon.out)
    assert result["turns"] == 6 and result["milestones"][1]["milestone"] == "viridian" and pokemon.error == ""
    assert result["run_id"] == fake_player.configs[0].run_id


def test_the_last_unfinished_run_is_resumed_as_it_was_begun(
    pokemon: Shell, fake_player: FakePlayer, write_run: WriteRun
) -> None:
    os.utime(write_run("older", finished=False, seed=3), (1, 1))
    write_run("newer", finished=False, seed=9)
    write_run("done")
    assert pokemon("play", "--practice", "--resume") == 0
    assert pokemon("play", "--practice", "--resume", "--run-id", "older", "--seed", "77") == 0
    assert [(config.run_id, config.seed) for config in fake_player.configs] == [("newer", 9), ("older", 3)]


def test_a_run_that_died_before_its_first_line_is_resumed_with_the_settings(settings: Settings) -> None:
    settings.game_dir.mkdir(parents=True)
    (settings.game_dir / "run-a.1.jsonl").write_bytes(b'{"torn')
    assert play.find_unfinished(settings.data_dir, None) == ("run-a", None)


def test_how_a_run_began_is_read_from_its_first_line(settings: Settings, write_run: WriteRun) -> None:
    write_run("run-a", finished=False, seed=9)
    name, begun = play.find_unfinished(settings.data_dir, "run-a")
    assert name == "run-a" and isinstance(begun, Session) and begun.seed == 9


def test_a_run_that_cannot_go_on_is_one_sentence_and_a_failure(pokemon: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(config: RunConfig, **_: object) -> None:
        raise RunError("The disk is full.")

    monkeypatch.setattr("agent_core.run.play", broken)
    assert pokemon.refused("play", "--practice", "--json", status=1) == "The disk is full."


def test_ctrl_c_lets_the_run_end_in_order_and_says_how_to_go_on(
    pokemon: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    import msgspec

    def interrupted(config: RunConfig, *, progress: Any, should_stop: Callable[[], bool]) -> Any:
        result = FakePlayer().play(config, progress)
        assert not should_stop()
        signal.raise_signal(signal.SIGINT)
        assert should_stop()
        return msgspec.structs.replace(result, finished=False, reason="stopped")

    monkeypatch.setattr("agent_core.run.play", interrupted)
    assert pokemon("play", "--practice", "--run-id", "run-a", "--json") == 1
    assert pokemon.error.strip() == ("Run run-a was stopped at turn 6; `pokemon play --resume --run-id run-a` goes on.")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_ctrl_c_breaks_the_run_off(pokemon: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stubborn(config: RunConfig, **_: object) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("agent_core.run.play", stubborn)
    assert pokemon.refused("play", "--practice", "--json", status=1) == "Stopped."


def test_a_defect_of_the_program_is_not_hidden(pokemon: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def defect(config: RunConfig, **_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("agent_core.run.play", defect)
    with pytest.raises(ZeroDivisionError):
        pokemon("play", "--practice")


def test_a_reader_that_went_away_is_no_traceback(pokemon: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        closed = False

        def close(self) -> None:
            self.closed = True

    def gone(config: RunConfig, **_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("agent_core.run.play", gone)
    stream = Closed()
    monkeypatch.setattr(sys, "stderr", stream)
    assert cli.run(["play", "--practice", "--json", "--data-dir", str(pokemon.data_dir)]) == 1
    assert stream.closed


def test_a_file_that_cannot_be_used_is_named(pokemon: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(config: RunConfig, **_: object) -> None:
        raise OSError(28, "No space left on device", "run.jsonl")

    monkeypatch.setattr("agent_core.run.play", full)
    said = pokemon.refused("play", "--practice", "--json", status=1)
    assert said == "run.jsonl cannot be used: No space left on device."


def test_a_run_on_the_practice_cartridge_is_replayed_exactly(pokemon: Shell, tmp_path: Path) -> None:
    assert pokemon("play", "--practice", "--max-turns", "3", "--run-id", "run-a", "--save-screenshots") == 0
    assert pokemon("replay", "run-a", "--json") == 0
    report = json.loads(pokemon.out)
    assert report["turns"] == 3 and report["hashes_checked"] > 0 and report["mismatches"] == []
    png, gif = tmp_path / "end.png", tmp_path / "run.gif"
    assert pokemon("replay", "run-a", "--screenshot", str(png), "--gif", str(gif)) == 0
    assert png.read_bytes().startswith(b"\x89PNG") and gif.read_bytes().startswith(b"GIF8")
    assert "0 differ" in pokemon.out and f"picture: {gif}" in pokemon.out


def test_a_replay_that_differs_is_a_failure(pokemon: Shell) -> None:
    assert pokemon("play", "--practice", "--max-turns", "3", "--run-id", "run-a") == 0
    path = pokemon.data_dir / "telemetry" / "game" / "run-a.1.jsonl"
    *lines, last = path.read_bytes().splitlines()
    ended = json.loads(last)
    ended["data"]["wram_hash"] = "0" * 64
    path.write_bytes(b"\n".join([*lines, json.dumps(ended).encode()]) + b"\n")
    assert pokemon("replay", str(path)) == 1
    assert f"differs from its recording from event {ended['seq']} (turn 3) on" in pokemon.error


def test_playing_never_loads_the_pipelines_libraries(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pokemon_pipeline.cli.main import run\n"
        f"status = run(['play', '--practice', '--max-turns', '1', '--json', '--data-dir', {str(tmp_path)!r}])\n"
        "heavy = {'dagster', 'dlt', 'duckdb', 'pyarrow'} & set(sys.modules)\n"
        "assert status == 0 and not heavy, (status, heavy)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True)


def test_loading_says_what_is_new_what_was_refused_and_where_the_tables_are(
    pokemon: Shell, write_run: WriteRun
) -> None:
    write_run("run-a", extra=b"noise\n")
    assert pokemon("load") == 0
    events = len(run_lines("run-a"))
    assert f"game_events {events}" in pokemon.out and "quarantined: not JSON 1" in pokemon.out
    assert "marts: runs 1, milestones 2" in pokemon.out and "telemetry_ro.duckdb" in pokemon.out
    write_run("run-a", turns=3)
    assert pokemon("load") == 0
    assert "read again from the start, because it was replaced or shortened: game/run-a.1.jsonl" in pokemon.out
    assert pokemon("load", "--json") == 0
    assert json.loads(pokemon.out) == {
        "new": {"game_events": 0, "llm_events": 0, "alerts": 0},
        "quarantined": {},
        "reread": [],
        "raw": {"game_events": 6, "llm_events": 0, "alerts": 0, "quarantine": 0},
        "marts": {"runs": 1, "milestones": 1},
    }


@pytest.fixture
def loaded(pokemon: Shell, write_run: WriteRun) -> Shell:
    write_run("run-a")
    assert pokemon("load") == 0
    return pokemon


def test_a_question_is_answered_as_table_csv_or_json(loaded: Shell) -> None:
    sql = "select run_id, turns, null as nothing, started_at, 'a\nb' as word from marts.runs"
    assert loaded("query", sql) == 0
    assert "run-a" in loaded.out and "a b" in loaded.out and "1 row\n" in loaded.out
    assert loaded("query", sql, "--format", "csv") == 0
    header, row = csv.reader(loaded.out.splitlines(keepends=True))
    assert header == ["run_id", "turns", "nothing", "started_at", "word"]
    assert (row[0], row[1], row[2], row[4]) == ("run-a", "6", "", "a\nb")
    assert loaded("query", sql, "--format", "json") == 0
    (answer,) = json.loads(loaded.out)
    assert answer["turns"] == 6 and answer["nothing"] is None and answer["started_at"].startswith("2026-03-10")


def test_a_wide_answer_keeps_one_line_a_row(loaded: Shell) -> None:
    assert loaded("query", "from raw.game_events order by seq") == 0
    assert sum("run-a:1:" in one for one in loaded.out.splitlines()) == len(run_lines("run-a"))
    assert "…" not in loaded.out


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("selec 1", "syntax error"),
        ("", "this has 0"),
        ("select 1; select 2", "this has 2"),
        ("select * from nowhere", "nowhere does not exist"),
        ("drop table marts.runs", "read-only"),
        ("copy marts.runs to 'out.csv'", "disabled by configuration"),
        ("select * from read_text('pyproject.toml')", "disabled by configuration"),
        ("select\n*\nfrom nowhere", "nowhere does not exist"),
    ],
)
def test_wrong_sql_is_one_sentence_and_changes_nothing(loaded: Shell, sql: str, said: str) -> None:
    assert said in loaded.refused("query", sql)
    assert loaded("query", "from marts.runs") == 0


def test_before_the_first_publication_the_warehouse_itself_is_read(settings: Settings) -> None:
    assert query.readable_warehouse(settings.warehouse, settings.published) == settings.warehouse
    settings.data_dir.mkdir()
    settings.published.touch()
    assert query.readable_warehouse(settings.warehouse, settings.published) == settings.published


@pytest.fixture
def locked(settings: Settings) -> Iterator[Path]:
    """A warehouse that another process has open."""
    settings.data_dir.mkdir()
    code = (
        f"import duckdb, sys; held = duckdb.connect({str(settings.warehouse)!r}); "
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"open\n"
        yield settings.warehouse
        holder.communicate()


def test_a_locked_warehouse_is_waited_for_and_then_its_holder_is_named(locked: Path) -> None:
    now = iter(range(100))
    waits: list[float] = []
    with (
        pytest.raises(connection.WarehouseError, match=r"still held open by .*python.* \(process \d+\) after 3 s"),
        connection.open_warehouse(locked, timeout=3, clock=lambda: next(now), sleep=waits.append),
    ):
        pass
    assert len(waits) == 2


def test_a_locked_warehouse_fails_the_command_and_the_doctor(
    locked: Path, pokemon: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POKEMON_LOCK_TIMEOUT", "0")
    assert "still held open by" in pokemon.refused("load", status=1)
    assert pokemon("doctor") == 1
    assert "still held open by" in pokemon.out and pokemon.error == "Not in order: warehouse.\n"


def test_a_lock_without_a_known_holder_is_still_a_sentence(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, read_only: bool) -> None:
        raise duckdb.IOException("Could not set lock on file")

    monkeypatch.setattr(duckdb, "connect", refuse)
    with (
        pytest.raises(connection.WarehouseError, match="held open by another process"),
        connection.open_warehouse(settings.warehouse, timeout=0),
    ):
        pass


def test_a_file_that_is_no_warehouse_is_one_sentence(settings: Settings, pokemon: Shell, tmp_path: Path) -> None:
    settings.data_dir.mkdir()
    settings.warehouse.write_bytes(b"this is not a database" * 1000)
    assert "cannot be opened as a DuckDB file" in pokemon.refused("query", "select 1", status=1)
    (tmp_path / "file").touch()
    with (
        pytest.raises(connection.WarehouseError, match="cannot be opened"),
        connection.open_warehouse(tmp_path / "file" / "telemetry.duckdb"),
    ):
        pass


def test_a_warehouse_that_is_not_there_is_not_made_by_reading(settings: Settings) -> None:
    warehouse = resources.Warehouse.of(settings)
    with (
        pytest.raises(connection.WarehouseError, match="There is no warehouse"),
        warehouse.get_connection(read_only=True),
    ):
        pass
    assert not settings.warehouse.exists()


def test_a_connection_is_closed_when_its_user_fails(settings: Settings) -> None:
    with pytest.raises(ZeroDivisionError), connection.open_warehouse(settings.warehouse) as opened:
        _ = 1 / 0
    with pytest.raises(duckdb.ConnectionException):
        opened.execute("select 1")


def test_the_cartridge_is_described_for_people_and_scripts(pokemon: Shell) -> None:
    assert pokemon("cartridge", "info", data=False) == 0
    assert "kind   practice" in pokemon.out
    assert pokemon("cartridge", "info", "--json", data=False) == 0
    assert json.loads(pokemon.out)["bytes"] == 1 << 20


def test_the_doctor_finds_a_healthy_machine_healthy(
    pokemon: Shell, loaded: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pokemon("doctor") == 0
    assert "BAD" not in pokemon.out and "PRACTICE" in pokemon.out and "tables" in pokemon.out
    assert pokemon("doctor", "--json") == 0
    assert all(finding["ok"] for finding in json.loads(pokemon.out))


def test_the_doctor_names_what_is_wrong(pokemon: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "version_info", type("Version", (tuple,), {"major": 3, "minor": 9, "micro": 1})((3, 9, 1)))
    monkeypatch.setattr(doctor, "PACKAGES", ("pyboy", "no-such-package"))
    monkeypatch.setenv("POKEMON_ROM", "none.gb")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    assert pokemon("doctor") == 1
    assert pokemon.error == "Not in order: python, packages, own cartridge, dagster.\n"
    assert "no-such-package is not installed" in pokemon.out and "is not there yet" in pokemon.out
    (tmp_path / "dagster.yaml").touch()
    monkeypatch.setenv("POKEMON_ROM", str(ROOT / "agent_core" / "practice.gb"))
    pokemon("doctor")
    assert f"DAGSTER_HOME is {tmp_path}" in pokemon.out and "own cartridge       PRACTICE" in pokemon.out


def test_the_doctor_does_not_hide_its_own_defects() -> None:
    def defect() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        doctor._look("sums", defect)


def test_a_terminal_shows_one_live_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress.live_line("run-a") as show:
        show(FakePlayer._progress(2))


def test_the_demo_goes_through_dagster_and_says_where_everything_is(
    pokemon: Shell, fake_player: FakePlayer, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    from tests.pokemon_pipeline.test_assets import gif_of_two_pictures

    monkeypatch.setattr("agent_core.replay.gif", gif_of_two_pictures)
    assert pokemon("demo", "--seed", "5") == 0, pokemon.error
    (config,) = fake_player.configs
    assert (config.seed, config.stop_at, config.cartridge) == (5, "viridian", None)
    assert "Viridian City" in pokemon.out and "2000" in pokemon.out
    for place in (f"{config.run_id}.1.gif", f"{config.run_id}.1.jsonl", "telemetry_ro.duckdb", "make dev"):
        assert place in pokemon.out
    assert "milestone: rival_beaten" in pokemon.error
    from pokemon_pipeline.concurrency import allow_emulators, open_instance

    with open_instance(settings) as instance:
        assert instance.get_dynamic_partitions("game_run") == [config.run_id]
        assert instance.get_materialized_partitions(dg.AssetKey("game_run")) == {config.run_id}
        assert len(instance.get_runs()) == 2 and all(run.is_success for run in instance.get_runs())
        assert allow_emulators(instance, 99, keep=True) == (os.cpu_count() or 1)


def test_a_demo_whose_run_fails_is_one_sentence(pokemon: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(config: RunConfig, **_: object) -> None:
        raise RunError("The disk is full.")

    monkeypatch.setattr("agent_core.run.play", broken)
    assert pokemon("demo") == 1
    assert pokemon.error == "game_run failed: The disk is full.\n"


def test_a_demo_that_is_stopped_says_so(pokemon: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(settings: Settings, run_id: str) -> None:
        raise dg.DagsterExecutionInterruptedError

    monkeypatch.setattr(demo_command, "materialize_run", stopped)
    assert pokemon("demo") == 1
    assert pokemon.error.startswith("Stopped;")


def test_a_demo_that_misses_the_goal_fails(loaded: Shell, write_run: WriteRun, settings: Settings) -> None:
    write_run("demo-short", turns=3)
    assert loaded("load") == 0
    with pytest.raises(CommandError, match="ended before it reached the milestone viridian"):
        demo_command.show(settings, "demo-short")


def test_what_a_failed_dagster_run_says_is_passed_on() -> None:
    @dg.asset
    def broken() -> None:
        raise ValueError("no such thing")

    @dg.asset
    def fine() -> int:
        return 1

    @dg.asset_check(asset=fine, blocking=True)
    def stop() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=False)

    result = dg.materialize([broken], raise_on_error=False)
    with pytest.raises(CommandError, match="broken failed: ValueError: no such thing"):
        demo_command.expect_success(result)

    @dg.asset(deps=[fine])
    def after() -> None: ...

    blocked = dg.materialize([fine, after, stop], raise_on_error=False)
    with pytest.raises(CommandError, match=r"fine_stop failed: .*1 blocking asset check failed"):
        demo_command.expect_success(blocked)
