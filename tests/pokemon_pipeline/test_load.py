from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_core import telemetry
from pokemon_pipeline.settings import Settings
from pokemon_pipeline.warehouse import lines, marts
from pokemon_pipeline.warehouse import load as loading
from pokemon_pipeline.warehouse.connection import WarehouseError, open_warehouse
from pokemon_pipeline.warehouse.load import load
from tests.pokemon_pipeline.conftest import WriteRun, all_tables, line, overworld, run_lines

Rows = Callable[[str], list[tuple[object, ...]]]

ALERT = {
    "schema": "pokemon.alert.v1",
    "alert_id": "duckdb:STUCK_LOOP:run:1",
    "source": "duckdb",
    "alert_type": "STUCK_LOOP",
    "run_id": "run",
    "detail": "10 in 30 s",
    "window_start": "2026-03-10T12:00:00Z",
    "window_end": "2026-03-10T12:00:30+00:00",
    "event_count": 10,
}
NODE = {
    "schema": "tapes.node.v1",
    "root_hash": "e0" * 32,
    "occurred_at": "2026-03-10T14:00:00.123456789+02:00",
    "node": {
        "hash": "03" * 32,
        "parent_hash": None,
        "bucket": {
            "type": "message",
            "role": "assistant",
            "content": [{"type": "text", "text": "2+2 equals 4."}],
            "model": "test-model",
            "provider": "test-provider",
        },
        "stop_reason": "stop",
        "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        "project": "pokemon-kafka",
    },
}
FITNESS = {
    "schema": "tapes.node.v1",
    "type": "fitness",
    "root_hash": "local-red",
    "occurred_at": "2026-03-10T12:00:00+00:00Z",
    "node": {
        "bucket": {"role": "agent", "model": "pokemon-agent"},
        "usage": {"input_tokens": 1, "output_tokens": 2},
        "project": "pokemon-kafka",
    },
    "fitness": {"turns": 10},
    "params": {},
}


def everything(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    with open_warehouse(settings.warehouse, timeout=0) as connection:
        marts.refresh(connection)
        return all_tables(connection)


def test_every_event_becomes_a_row_with_a_typed_envelope_and_its_data_as_json(
    settings: Settings, write_run: WriteRun, rows: Rows
) -> None:
    write_run("run-a")
    done = load(settings)
    assert done.counts.rows["game_events"] == len(run_lines("run-a"))
    types = rows("select column_name, data_type from information_schema.columns where table_name = 'game_events'")
    assert set(types) == {
        ("event_id", "VARCHAR"),
        ("run_id", "VARCHAR"),
        ("attempt", "BIGINT"),
        ("seq", "BIGINT"),
        ("turn", "BIGINT"),
        ("frame", "BIGINT"),
        ("occurred_at", "TIMESTAMP WITH TIME ZONE"),
        ("event_type", "VARCHAR"),
        ("data", "JSON"),
    }
    assert rows("select turn, (data -> 'position' ->> 'x')::int from raw.game_events where event_id = 'run-a:1:2'") == [
        (1, 1)
    ]


def test_all_raw_tables_exist_before_there_is_anything_to_load(settings: Settings, rows: Rows) -> None:
    load(settings)
    assert rows("select table_name from duckdb_tables() where schema_name = 'raw' and table_name[1:4] <> '_dlt'") == [
        ("alerts",),
        ("game_events",),
        ("llm_events",),
        ("quarantine",),
    ]
    load(settings)
    assert rows("select count(*) from raw.alerts") == [(0,)]


def test_loading_twice_or_after_deleting_the_warehouse_gives_identical_tables(
    settings: Settings, write_run: WriteRun
) -> None:
    write_run("run-a", extra=b"noise\n")
    load(settings)
    write_run("run-b", finished=False)
    load(settings)
    write_run("run-b")
    load(settings)
    grown = everything(settings)
    assert len(grown["raw.game_events"]) == 2 * len(run_lines("run-a")) and len(grown["raw.quarantine"]) == 1
    load(settings)
    assert everything(settings) == grown
    settings.warehouse.unlink()
    load(settings)
    assert everything(settings) == grown
    shutil.rmtree(settings.pipelines_dir)
    load(settings)
    assert everything(settings) == grown


def test_a_torn_last_line_is_taken_once_it_is_whole(settings: Settings, write_run: WriteRun, rows: Rows) -> None:
    last = line(overworld(9), run_id="run-a", seq=10, turn=7, frame=300)
    path = write_run("run-a", finished=False, turns=6, extra=last[:40])
    before = len(run_lines("run-a", finished=False))
    assert load(settings).counts.rows["game_events"] == before
    with path.open("ab") as file:
        file.write(last[40:])
    again = load(settings).counts
    assert again.rows["game_events"] == 1 and not again.quarantined
    assert rows("select count(*) from raw.game_events") == [(before + 1,)]


def test_bad_lines_are_quarantined_with_place_reason_and_beginning_and_the_rest_loads(
    settings: Settings, write_run: WriteRun, rows: Rows
) -> None:
    good = run_lines("run-a")[-1]
    wrong_id = run_lines("run-a")[0].replace(b'"event_id":"run-a:1:1"', b'"event_id":"run-a:1:2"')
    unknown = good.replace(b'"event_type":"session"', b'"event_type":"dance"')
    surrogate = b'{"phase":"end","more":"\\ud800"}'
    bad = [
        b"\x00\xff\xfe binary\n",
        b"a NUL \x00 in text\n",
        b"x" * 10_000_000 + b"\n",
        b"not json\n",
        b"[" * 100_000 + b"\n",
        b"[1, 2]\n",
        b'{"schema": "pokemon.game.v0"}\n',
        b'{"level": "info"}\n',
        wrong_id,
        unknown,
        good.replace(b'"seq":', b'"seq":-'),
        good.replace(b'"turn":6', b'"turn":99999999999999999999'),
        good[: good.index(b'"data":') + 7] + surrogate + b"}\n",
        good.replace(b'"phase":"end"', b'"phase":"middle"'),
        good.replace(b'"phase":"end"', b'"deep":' + b"[" * 5000 + b"]" * 5000),
        good.replace(b'"reason":"milestone"', b'"more":"\xff"'),
    ]
    write_run("run-a", extra=b"\n".join([b"", *bad]))
    counts = load(settings).counts
    assert counts.rows["game_events"] == len(run_lines("run-a"))
    assert counts.quarantined == {"binary": 3, "oversized": 1, "not JSON": 3, "foreign": 4, "wrong schema": 5}
    found = rows("select file, byte_offset, bytes, reason, length(text) from raw.quarantine order by byte_offset")
    content = (settings.game_dir / "run-a.1.jsonl").read_bytes()
    for name, offset, length, _, shown in found:
        assert name == "game/run-a.1.jsonl"
        assert content[offset : offset + length].endswith(b"\n") and content[offset - 1 : offset] == b"\n"  # type: ignore[operator]
        assert shown <= lines.QUARANTINED_TEXT  # type: ignore[operator]
    assert rows("select text from raw.quarantine where reason = 'oversized'") == [("x" * lines.QUARANTINED_TEXT,)]


def test_a_line_of_ten_megabytes_that_is_still_being_written_is_left_for_later(
    settings: Settings, write_run: WriteRun
) -> None:
    path = write_run("run-a", extra=b"y" * 10_000_000)
    assert not load(settings).counts.quarantined
    with path.open("ab") as file:
        file.write(b"\n")
    assert load(settings).counts.quarantined == {"oversized": 1}


def test_a_file_that_was_shortened_or_replaced_is_read_again_from_the_start(
    settings: Settings, write_run: WriteRun, rows: Rows
) -> None:
    write_run("run-a", turns=6, extra=b"noise\n")
    write_run("run-b")
    load(settings)
    write_run("run-a", turns=3, seed=5)
    assert load(settings).counts.reread == ["game/run-a.1.jsonl"]
    assert rows("select count(*), max(turn) from raw.game_events where run_id = 'run-a'") == [
        (len(run_lines("run-a", turns=3)), 3)
    ]
    assert rows("select count(*) from raw.quarantine") == [(0,)]
    assert rows("select count(*) from raw.game_events where run_id = 'run-b'") == [(len(run_lines("run-b")),)]
    write_run("run-a", turns=3, seed=6)
    assert load(settings).counts.reread == ["game/run-a.1.jsonl"]
    assert rows("select data ->> 'seed' from raw.game_events where event_id = 'run-a:1:1'") == [("6",)]


def test_a_renamed_or_copied_file_doubles_nothing(settings: Settings, write_run: WriteRun) -> None:
    path = write_run("run-a")
    load(settings)
    once = everything(settings)
    path.rename(path.with_name("moved.jsonl"))
    load(settings)
    shutil.copy(path.with_name("moved.jsonl"), path.with_name("a copy.jsonl"))
    load(settings)
    assert everything(settings) == once
    settings.warehouse.unlink()
    load(settings)
    assert everything(settings) == once


def test_a_folder_that_looks_like_a_file_is_passed_over(settings: Settings, write_run: WriteRun) -> None:
    write_run("run-a")
    (settings.game_dir / "folder.jsonl").mkdir()
    assert load(settings).counts.rows["game_events"] == len(run_lines("run-a"))


def test_many_rows_travel_in_batches(settings: Settings, write_run: WriteRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 4)
    write_run("run-a", turns=10, extra=b"bad\n" * 9)
    load(settings)
    assert (len(everything(settings)["raw.game_events"]), len(everything(settings)["raw.quarantine"])) == (14, 9)


def test_language_model_events_of_tapes_and_of_the_original_fit_their_table(settings: Settings, rows: Rows) -> None:
    settings.telemetry_dir.mkdir(parents=True)
    content = "".join(json.dumps(event) + "\n" for event in (NODE, FITNESS, {**NODE, "occurred_at": "yesterday"}))
    (settings.telemetry_dir / "2026-03-10.1.jsonl").write_text(content, encoding="utf-8")
    counts = load(settings).counts
    assert counts.rows["llm_events"] == 2 and counts.quarantined == {"wrong schema": 1}
    assert rows(
        "select event_type, role, model, provider, prompt_tokens, completion_tokens, total_tokens,"
        " node_hash, occurred_at, data -> 'node' -> 'bucket' -> 'content' -> 0 ->> 'text'"
        " from raw.llm_events order by event_type desc"
    ) == [
        (
            "node",
            "assistant",
            "test-model",
            "test-provider",
            10,
            5,
            15,
            "03" * 32,
            datetime(2026, 3, 10, 12, 0, 0, 123456, tzinfo=UTC),
            "2+2 equals 4.",
        ),
        ("fitness", "agent", "pokemon-agent", "", 1, 2, None, None, datetime(2026, 3, 10, 12, tzinfo=UTC), None),
    ]


def test_alerts_are_unique_by_their_id_and_carry_who_raised_them(settings: Settings, rows: Rows) -> None:
    settings.alerts_dir.mkdir(parents=True)
    bad = [
        {**ALERT, "source": "nobody"},
        {**ALERT, "window_start": "2026-03-10T12:00:00"},
        {**ALERT, "window_end": "9999-12-31T23:59:59-10:00"},
    ]
    content = "".join(json.dumps(one) + "\n" for one in (ALERT, ALERT, *bad))
    (settings.alerts_dir / "duckdb.jsonl").write_text(content, encoding="utf-8")
    assert load(settings).counts.quarantined == {"wrong schema": 3}
    assert rows("select alert_id, source, event_count from raw.alerts") == [("duckdb:STUCK_LOOP:run:1", "duckdb", 10)]
    details = {detail for (detail,) in rows("select detail from raw.quarantine")}
    assert {"window_start has no time zone", "window_end is outside the calendar"} <= details


def test_every_type_of_event_that_the_player_writes_can_be_loaded() -> None:
    position = telemetry.Position(1, 2)
    examples = [
        overworld(),
        telemetry.MapChange(prev_map=0, new_map=1, position=position, wram_hash="0"),
        telemetry.Stuck(map_id=0, position=position, last_action="up", streak=9),
    ]
    for example in examples:
        row = lines.game_row(line(example, run_id="r", seq=1, turn=1, frame=1))
        assert row["event_type"] == telemetry.EVENT_TYPES[type(example)] and json.loads(row["data"])


def test_escapes_that_are_no_characters_would_break_the_warehouse_and_are_refused() -> None:
    whole = run_lines("run-a")[-1][:-1]
    fine = whole.replace(b'"reason":"milestone"', b'"more":"\\u00e9"')
    assert "\\u00e9" in lines.game_row(fine)["data"]
    with pytest.raises(telemetry.BadLineError):
        lines.game_row(whole.replace(b'"reason":"milestone"', b'"more":"\\ud800"'))


def test_a_file_that_cannot_be_read_is_one_sentence_and_loses_nothing(
    settings: Settings, write_run: WriteRun, monkeypatch: pytest.MonkeyPatch, rows: Rows
) -> None:
    write_run("run-a")

    def unreadable(path: Path, offset: int) -> None:
        raise PermissionError(13, "Permission denied", "run-a.1.jsonl")

    with monkeypatch.context() as patched:
        patched.setattr(loading, "whole_lines", unreadable)
        with pytest.raises(WarehouseError, match=r"The telemetry cannot be loaded: .*Permission denied: 'run-a"):
            load(settings)
    load(settings)
    assert rows("select count(*) from raw.game_events") == [(len(run_lines("run-a")),)]
