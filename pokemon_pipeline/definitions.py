"""The Dagster code location: assets, checks, automation and resources, bound to the settings in force."""

from __future__ import annotations

import dagster as dg
from dagster_dlt import DagsterDltResource

from pokemon_pipeline import automation, checks
from pokemon_pipeline.assets import play, telemetry, warehouse
from pokemon_pipeline.resources import Player, Project, Warehouse
from pokemon_pipeline.settings import Settings, load_settings


def definitions(settings: Settings, player: Player | None = None) -> dg.Definitions:
    """Everything that Dagster owns, working in the data folder of `settings`."""
    return dg.Definitions(
        assets=dg.load_assets_from_modules([play, telemetry, warehouse]),
        asset_checks=dg.load_asset_checks_from_modules([checks]),
        sensors=[automation.automation_sensor, automation.emulator_pool],
        resources={
            "project": Project.of(settings),
            "player": player or Player(),
            "warehouse": Warehouse.of(settings),
            "dlt": DagsterDltResource(),
        },
        executor=dg.multiprocess_executor.configured(
            {
                "max_concurrent": settings.emulators,
                "start_method": {"forkserver": {"preload_modules": ["pokemon_pipeline.definitions"]}},
            }
        ),
    )


defs = definitions(load_settings())
