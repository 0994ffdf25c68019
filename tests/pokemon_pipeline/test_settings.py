from __future__ import annotations

from pathlib import Path

import pytest

from pokemon_pipeline.settings import Settings, SettingsError, load_settings


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_command_line_wins_over_the_environment_over_the_file_over_the_defaults(tmp_path: Path) -> None:
    config = write(tmp_path / "config.toml", 'seed = 1\nmax_turns = 10\nstrategy = "low"\n')
    environ = {"POKEMON_SEED": "2", "POKEMON_MAX_TURNS": "20", "POKEMON_ROM": ""}
    settings = load_settings(config, environ=environ, seed=3, max_turns=None)
    assert (settings.seed, settings.max_turns, settings.strategy, settings.data_dir, settings.rom) == (
        3,
        20,
        "low",
        Path("data"),
        None,
    )


def test_the_environment_can_name_the_file(tmp_path: Path) -> None:
    config = write(tmp_path / "other.toml", "version = 1\nseed = 9\n")
    assert load_settings(environ={"POKEMON_CONFIG": str(config)}).seed == 9


def test_everything_a_run_makes_lies_in_the_data_folder() -> None:
    settings = Settings(data_dir=Path("d"))
    places = [
        settings.telemetry_dir,
        settings.game_dir,
        settings.alerts_dir,
        settings.frames_dir,
        settings.warehouse,
        settings.published,
        settings.pipelines_dir,
        settings.dagster_dir,
    ]
    assert [place.as_posix() for place in places] == [
        "d/telemetry",
        "d/telemetry/game",
        "d/telemetry/alerts",
        "d/frames",
        "d/telemetry.duckdb",
        "d/telemetry_ro.duckdb",
        "d/dlt",
        "d/dagster",
    ]


def test_the_config_file_of_the_original_is_understood_and_holds_no_secret(tmp_path: Path) -> None:
    config = write(
        tmp_path / "config.toml",
        'version = 1\n[telemetry]\ndir = "elsewhere/telemetry"\n'
        '[telemetry.confluent]\nenabled = true\nbootstrap_servers = "broker:9092"\napi_key_env = "MY_KEY"\n',
    )
    settings = load_settings(config, environ={"MY_KEY": "hush"})
    assert settings.data_dir == Path("elsewhere")
    assert settings.confluent.enabled and settings.confluent.api_key_env == "MY_KEY"
    assert "hush" not in settings.model_dump_json()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("seed = ", "cannot be read"),
        ("version = 7", "version 7"),
        ("telemetry = 3", "must be a table"),
        ('[telemetry]\ndir = "logs"', "must end in 'telemetry'"),
        ("sed = 3", "The setting sed is wrong"),
        ("[telemetry.confluent]\nfoo = 1", "confluent.foo"),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_settings(write(tmp_path / "config.toml", text), environ={})


def test_a_file_that_was_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="does not exist"):
        load_settings(tmp_path / "none.toml", environ={})


@pytest.mark.parametrize("values", [{"seed": -1}, {"max_turns": 0}, {"max_turns": "many"}, {"emulators": 0}])
def test_a_value_out_of_bounds_is_named_with_what_was_given(values: dict[str, object]) -> None:
    (name, given), *_ = values.items()
    with pytest.raises(SettingsError, match=rf"The setting {name} is wrong: .*\(given: {given}\)"):
        load_settings(environ={}, **values)
