from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from PIL import Image

from agent_core.replay import ReplayError
from agent_core.run import RunError
from pokemon_pipeline import automation, concurrency
from pokemon_pipeline.assets import play as play_assets
from pokemon_pipeline.definitions import definitions
from pokemon_pipeline.partitions import RUNS
from pokemon_pipeline.resources import Player, Project, WatchedPlayer
from pokemon_pipeline.settings import Settings
from tests.pokemon_pipeline.conftest import FakePlayer, WriteRun, line, overworld, run_lines

Rows = Callable[[str], list[tuple[object, ...]]]
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
FOLLOWING = dg.AssetSelection.assets("game_run").downstream(include_self=False)


def execute(
    instance: dg.DagsterInstance,
    settings: Settings,
    selection: dg.AssetSelection,
    *,
    player: Player | None = None,
    run: str | None = None,
    **config: object,
) -> dg.ExecuteInProcessResult:
    owned = definitions(settings, player or FakePlayer())
    if run is not None:
        instance.add_dynamic_partitions(str(RUNS.name), [run])
    ops: dict[str, Any] = {"ops": {"game_run": {"config": config}}} if config else {}
    return owned.resolve_implicit_global_asset_job_def().execute_in_process(
        instance=instance,
        partition_key=run,
        asset_selection=sorted(selection.resolve(owned.resolve_asset_graph())),
        run_config={**QUIET, **ops},
        raise_on_error=False,
    )


def metadata(result: dg.ExecuteInProcessResult, *key: str) -> dict[str, Any]:
    (event,) = [one for one in result.get_asset_materialization_events() if one.asset_key == dg.AssetKey(list(key))]
    return {
        name: value if isinstance(value, dg.TableMetadataValue) else value.value
        for name, value in event.materialization.metadata.items()
    }


@pytest.fixture(autouse=True)
def every_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(play_assets, "REPORT_SECONDS", -1.0)


GAME = dg.AssetSelection.assets("game_run")


def gif_of_two_pictures(telemetry: Path, out: Path, rom: Path | None) -> Path:
    Image.new("L", (160, 144), 255).save(out, save_all=True, append_images=[Image.new("L", (160, 144), 0)])
    return out


def test_a_run_shows_its_milestones_its_numbers_and_its_picture(
    instance: dg.DagsterInstance, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent_core.replay.gif", gif_of_two_pictures)
    player = FakePlayer()
    result = execute(instance, settings, GAME, player=player, run="run-a", seed=7, max_turns=50, stop_at="")
    assert result.success
    shown = metadata(result, "game_run")
    assert [tuple(record.data.values()) for record in shown["milestones"].records] == [
        ("rival_beaten", "rival_beaten", 2, 32, 2, 1.0, 200, 200, 200, "high"),
        ("viridian", "viridian", 1500, 24000, 1500, 750.0, 2000, 1000, 500, "low"),
    ]
    numbers = {name: shown[name] for name in ("turns", "frames", "presses", "attempt", "frames_per_second")}
    assert numbers == {"turns": 6, "frames": 228, "presses": 20, "attempt": 1, "frames_per_second": 456.0}
    assert shown["wram_hash"] == "cd" * 32 and shown["telemetry"] == str(settings.game_dir / "run-a.1.jsonl")
    assert shown["picture"].startswith("![the end of the run](data:image/png;base64,")
    assert Path(shown["gif"]).is_file() and len(shown["picture"]) < 50_000
    (config,) = player.configs
    assert (config.seed, config.max_turns, config.stop_at, config.strategy) == (7, 50, None, "heuristic")


def test_progress_is_seen_while_a_run_is_played(instance: dg.DagsterInstance, settings: Settings) -> None:
    execute(instance, settings, GAME, run="run-a", pictures=False)
    observed = instance.fetch_observations(dg.AssetKey("game_run"), limit=10).records
    assert [record.asset_observation.metadata["turns"].value for record in reversed(observed)] == [1, 2, 3]  # type: ignore[union-attr]
    assert {record.partition_key for record in observed} == {"run-a"}


class Context:
    """As much of a Dagster context as a report needs: its run, its instance and its log in one."""

    asset_key = dg.AssetKey("game_run")
    partition_key = "run-a"
    run_id = "run-a"

    def __init__(self, status: dg.DagsterRunStatus) -> None:
        self.status = status
        self.said: list[str] = []

    @property
    def log(self) -> Context:
        return self

    run = instance = log

    def get_run_by_id(self, run_id: str) -> Context | None:
        return self if run_id == self.run_id else None

    def info(self, message: str) -> None:
        self.said.append(message)

    def log_event(self, event: object) -> None:
        pass


def test_reports_keep_their_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(play_assets, "REPORT_SECONDS", 1.5)
    ticks = iter([0.0, 1.0, 2.0, 2.0, 2.5])
    context = Context(dg.DagsterRunStatus.STARTED)
    report = play_assets.reporter(context, lambda: next(ticks))  # type: ignore[arg-type]
    for turn in (1, 2, 3):
        report(FakePlayer._progress(turn))
    assert context.said == ["turn 2, map 0 at 2, 6, 1000 frames per second"]


def test_a_terminated_run_stops_even_when_its_signal_was_lost() -> None:
    ticks = iter([0.0, 100.0, 100.0])
    context = Context(dg.DagsterRunStatus.CANCELING)
    report = play_assets.reporter(context, lambda: next(ticks))  # type: ignore[arg-type]
    with pytest.raises(dg.DagsterExecutionInterruptedError):
        report(FakePlayer._progress(1))
    assert context.said == []


def test_a_run_without_a_picture_is_still_a_run(
    instance: dg.DagsterInstance, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(telemetry: Path, out: Path, rom: Path | None) -> Path:
        raise ReplayError("There is no turn to show.")

    monkeypatch.setattr("agent_core.replay.gif", broken)
    result = execute(instance, settings, GAME, run="run-a")
    assert result.success and "picture" not in metadata(result, "game_run")
    assert not list(settings.frames_dir.iterdir())


def test_what_a_person_must_put_right_is_not_tried_again(instance: dg.DagsterInstance, settings: Settings) -> None:
    player = FakePlayer(RunError("The turn limit must be at least 1."), errors=9)
    result = execute(instance, settings, GAME, player=player, run="run-a")
    assert not result.success and len(player.configs) == 1
    (failure,) = [event.step_failure_data for event in result.all_events if event.is_step_failure]
    assert failure.user_failure_data is not None
    assert failure.user_failure_data.description == "The turn limit must be at least 1."


def test_a_run_that_broke_is_tried_again_and_goes_on(
    instance: dg.DagsterInstance, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    player = FakePlayer(OSError("disk full"))
    result = execute(instance, settings, GAME, player=player, run="run-a", pictures=False)
    assert result.success and len(player.configs) == 2
    shown = metadata(result, "game_run")
    assert shown["resumed"] and shown["attempt"] == 1


def test_an_interrupted_run_leaves_whole_lines_and_the_next_try_resumes_it(
    instance: dg.DagsterInstance, settings: Settings
) -> None:
    player = FakePlayer(dg.DagsterExecutionInterruptedError())
    stopped = execute(instance, settings, GAME, player=player, run="run-a", pictures=False)
    assert not stopped.success and len(player.configs) == 1
    assert (settings.game_dir / "run-a.1.jsonl").read_bytes() == b"".join(run_lines("run-a")[:3])
    again = execute(instance, settings, GAME, player=player, run="run-a", pictures=False)
    assert metadata(again, "game_run")["resumed"]


def test_a_finished_run_that_is_materialised_again_is_a_second_attempt_and_marts_show_it_alone(
    instance: dg.DagsterInstance, settings: Settings, rows: Rows
) -> None:
    for attempt in (1, 2):
        result = execute(instance, settings, GAME, run="run-a", pictures=False)
        assert metadata(result, "game_run")["attempt"] == attempt
        assert execute(instance, settings, FOLLOWING).success
    assert rows("select run_id, attempt, finished, turns from marts.runs") == [("run-a", 2, True, 6)]
    assert rows("select attempt, milestone, target_met from marts.milestones") == [
        (2, "rival_beaten", "high"),
        (2, "viridian", "high"),
    ]
    assert rows("select count(distinct attempt) from raw.game_events") == [(2,)]


def test_everything_after_a_run_is_loaded_counted_checked_and_published(
    instance: dg.DagsterInstance, settings: Settings, write_run: WriteRun
) -> None:
    path = write_run("run-a", extra=b"noise\n")
    result = execute(instance, settings, FOLLOWING)
    assert result.success
    files = metadata(result, "telemetry", "game_jsonl")
    assert (files["files"], files["lines"], files["bytes"]) == (1, len(run_lines("run-a")) + 1, path.stat().st_size)
    assert files["newest_files"].records[0].data["path"] == "run-a.1.jsonl" and len(files["sha256"]) == 64
    events = metadata(result, "raw", "game_events")
    assert (events["dagster/row_count"], events["rows_new"]) == (len(run_lines("run-a")),) * 2
    assert [column.name for column in events["dagster/column_schema"].columns][:2] == ["event_id", "run_id"]
    assert events["quarantined/not JSON"] == 1 and metadata(result, "raw", "quarantine")["dagster/row_count"] == 1
    marts = metadata(result, "marts", "milestones")
    assert marts["dagster/row_count"] == 2 and settings.published.stat().st_size == marts["published_bytes"]
    assert {check.check_name: check.passed for check in result.get_asset_check_evaluations()} == {
        "events_are_complete": True,
        "milestones_within_target": True,
    }
    assert execute(instance, settings, FOLLOWING).success


def test_a_part_of_the_raw_tables_or_marts_can_be_chosen(
    instance: dg.DagsterInstance, settings: Settings, write_run: WriteRun, rows: Rows
) -> None:
    write_run("run-a", extra=b"noise\n")
    chosen = dg.AssetSelection.assets(["raw", "game_events"], ["marts", "runs"]).without_checks()
    result = execute(instance, settings, chosen)
    assert {event.asset_key.to_user_string() for event in result.get_asset_materialization_events()} == {  # type: ignore[union-attr]
        "raw/game_events",
        "marts/runs",
    }
    assert rows("select count(*) from raw.quarantine") == [(1,)]
    assert rows("select table_name from duckdb_tables() where schema_name = 'marts'") == [("runs",)]


def test_a_lost_event_stops_the_marts(instance: dg.DagsterInstance, settings: Settings, write_run: WriteRun) -> None:
    lost = run_lines("run-a")
    write_run("run-a").write_bytes(b"".join(lost[:3] + lost[4:]))
    result = execute(instance, settings, FOLLOWING)
    (check,) = result.get_asset_check_evaluations()
    assert not result.success and not check.passed and check.severity is dg.AssetCheckSeverity.ERROR
    assert check.description == "Look at run-a.1."
    assert not settings.published.exists()


@pytest.mark.parametrize(("turn", "frame"), [(3, 500), (9, 10)])
def test_turns_and_frames_that_go_back_stop_the_marts(
    instance: dg.DagsterInstance, settings: Settings, write_run: WriteRun, turn: int, frame: int
) -> None:
    seq = len(run_lines("run-a", finished=False)) + 1
    write_run("run-a", finished=False, extra=line(overworld(), run_id="run-a", seq=seq, turn=turn, frame=frame))
    assert not execute(instance, settings, FOLLOWING).success


def test_an_event_whose_line_is_in_quarantine_is_a_warning_only(
    instance: dg.DagsterInstance, settings: Settings, write_run: WriteRun, rows: Rows
) -> None:
    damaged = run_lines("run-a")
    damaged[3] = damaged[3].replace(b'"turn"', b"turn")
    write_run("run-a").write_bytes(b"".join(damaged))
    result = execute(instance, settings, FOLLOWING)
    check = next(one for one in result.get_asset_check_evaluations() if one.check_name == "events_are_complete")
    assert result.success and not check.passed and check.severity is dg.AssetCheckSeverity.WARN
    assert rows("select count(*) from marts.runs") == [(1,)]


def test_a_late_milestone_is_a_warning(instance: dg.DagsterInstance, settings: Settings, write_run: WriteRun) -> None:
    late = [
        json.dumps({**json.loads(one), "turn": json.loads(one)["turn"] + 500}).encode() + b"\n"
        for one in run_lines("run-a")
    ]
    write_run("run-a").write_bytes(b"".join(late))
    result = execute(instance, settings, FOLLOWING)
    check = next(one for one in result.get_asset_check_evaluations() if one.check_name == "milestones_within_target")
    assert result.success and not check.passed and check.severity is dg.AssetCheckSeverity.WARN
    assert check.description == "run-a: rival_beaten took 502 turns, 200 were allowed"


def test_the_inserted_cartridge_is_an_asset_and_a_missing_one_a_sentence(
    instance: dg.DagsterInstance, settings: Settings
) -> None:
    chosen = dg.AssetSelection.assets("cartridge")
    shown = metadata(execute(instance, settings, chosen), "cartridge")
    assert shown["kind"] == "practice" and len(shown["sha1"]) == 40
    gone = settings.model_copy(update={"rom": Path("none.gb")})
    result = execute(instance, gone, chosen)
    (failure,) = [event.step_failure_data for event in result.all_events if event.is_step_failure]
    assert failure.user_failure_data is not None
    assert "none.gb" in (failure.user_failure_data.description or "")


def test_whatever_ends_makes_the_rest_follow_by_itself(instance: dg.DagsterInstance, settings: Settings) -> None:
    owned = definitions(settings, FakePlayer())
    quiet = dg.evaluate_automation_conditions(owned, instance)
    instance.add_dynamic_partitions(str(RUNS.name), ["named-but-never-played"])
    execute(instance, settings, GAME, run="run-a", pictures=False)
    followed = dg.evaluate_automation_conditions(owned, instance, cursor=quiet.cursor)
    assert followed.get_num_requested(dg.AssetKey(["telemetry", "game_jsonl"])) == 1
    assert followed.get_num_requested(dg.AssetKey(["raw", "game_events"])) == 1
    assert followed.get_num_requested(dg.AssetKey(["marts", "milestones"])) == 1
    assert followed.get_num_requested(dg.AssetKey("game_run")) == 0


def test_the_pool_of_emulators_gets_a_slot_per_core_and_keeps_what_somebody_chose(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with concurrency.open_instance(settings) as instance:
        said = automation.emulator_pool(dg.build_sensor_context(instance=instance))
        assert isinstance(said, dg.SkipReason)
        assert concurrency.allow_emulators(instance, 5) == 5
        automation.emulator_pool(dg.build_sensor_context(instance=instance))
    with concurrency.open_instance(settings) as instance:
        limits = {pool.name: pool.limit for pool in instance.event_log_storage.get_pool_limits()}
        assert limits["emulator"] == 5
    assert (tmp_path / "data" / "dagster").is_dir()


def test_starting_the_pipeline_sizes_the_pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POKEMON_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("POKEMON_EMULATORS", "3")
    runpy.run_module("pokemon_pipeline.concurrency", run_name="__main__")
    with concurrency.open_instance(Settings(data_dir=tmp_path)) as instance:
        assert concurrency.allow_emulators(instance, 8, keep=True) == 3


def test_the_settings_survive_the_way_through_a_resource(settings: Settings) -> None:
    own = settings.model_copy(update={"rom": Path("mine.gb"), "max_turns": 5})
    assert Project.of(own).settings.model_dump(exclude={"emulators"}) == own.model_dump(exclude={"emulators"})


def test_the_player_resource_plays_for_real_and_a_watcher_sees_every_report(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    asset: list[int] = []
    config = play_assets.RunConfig(run_id="run-a", data_dir=settings.data_dir)
    WatchedPlayer(lambda now: seen.append(now.turns), FakePlayer()).play(config, lambda now: asset.append(now.turns))
    assert seen == asset == [1, 2, 3]
    with pytest.raises(RunError, match="turn limit"):
        Player().play(play_assets.RunConfig(run_id="run-b", data_dir=settings.data_dir, max_turns=0), print)


def test_dagster_loads_the_same_definitions_from_pyproject_and_workspace() -> None:
    import tomllib

    import yaml

    from pokemon_pipeline.definitions import defs

    dg.Definitions.validate_loadable(defs)
    keys = {key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()}
    assert {"cartridge", "game_run", "telemetry/game_jsonl", "raw/game_events", "marts/runs"} <= keys
    project = tomllib.loads((concurrency.PROJECT / "pyproject.toml").read_text())["tool"]["dg"]["project"]
    (loaded,) = yaml.safe_load((concurrency.PROJECT / "workspace.yaml").read_text())["load_from"]
    assert loaded["python_module"] == {
        "module_name": project["code_location_target_module"],
        "location_name": project["code_location_name"],
    }
