"""How many runs are played at the same time: one slot of the pool `emulator` per core, set when the pipeline starts.

A limit of its own cannot be written in dagster.yaml, only the default of all pools; it persists in Dagster's storage.
`python -m pokemon_pipeline.concurrency` sets it for the instance of the current folder, `make dev` does so first.
"""

from __future__ import annotations

from pathlib import Path

import dagster as dg
from dagster._core.instance.ref import InstanceRef

from pokemon_pipeline.settings import Settings, load_settings

EMULATOR_POOL = "emulator"
WAREHOUSE_POOL = "warehouse"


PROJECT = Path(__file__).resolve().parents[1]
"""Where dagster.yaml stands."""


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """The persisted instance that dagster.yaml of the project describes, with its history in the data folder."""
    base = {"base_dir": str(settings.dagster_dir.absolute())}
    overrides = {
        "storage": {"sqlite": base},
        "local_artifact_storage": {
            "module": "dagster._core.storage.root",
            "class": "LocalArtifactStorage",
            "config": base,
        },
        "compute_logs": {
            "module": "dagster._core.storage.local_compute_log_manager",
            "class": "LocalComputeLogManager",
            "config": {"base_dir": str(settings.dagster_dir.absolute() / "compute_logs")},
        },
    }
    settings.dagster_dir.mkdir(parents=True, exist_ok=True)
    return dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(PROJECT), overrides=overrides))


def allow_emulators(instance: dg.DagsterInstance, slots: int, *, keep: bool = False) -> int:
    """Let `slots` runs be played at the same time, or with `keep` as many as somebody allowed before; how many."""
    storage = instance.event_log_storage
    limits = {pool.name: pool.limit for pool in storage.get_pool_limits() if not pool.from_default}
    known = limits.get(EMULATOR_POOL)
    if known is not None and (keep or known == slots):
        return known
    storage.set_concurrency_slots(EMULATOR_POOL, slots)
    return slots


def main() -> None:
    settings = load_settings()
    with open_instance(settings) as instance:
        allow_emulators(instance, settings.emulators)


if __name__ == "__main__":
    main()
