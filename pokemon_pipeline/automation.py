"""What Dagster does by itself: everything downstream of a run follows it, and the pool of emulators is sized."""

import dagster as dg

from pokemon_pipeline.concurrency import allow_emulators
from pokemon_pipeline.settings import load_settings

EAGER = dg.AutomationCondition.eager()

AFTER_RUNS = dg.AutomationCondition.any_deps_updated().since_last_handled() & ~dg.AutomationCondition.in_progress()
"""Follow every run that ends; runs that are still being played, or were only named, do not hold the others up."""

automation_sensor = dg.AutomationConditionSensorDefinition(
    "automation",
    target=dg.AssetSelection.all(),
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=10,
)


@dg.sensor(name="emulator_pool", minimum_interval_seconds=3600, default_status=dg.DefaultSensorStatus.RUNNING)
def emulator_pool(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Gives the pool of emulators one slot per core as soon as the daemon starts, unless a limit was set before."""
    slots = allow_emulators(context.instance, load_settings().emulators, keep=True)
    return dg.SkipReason(f"{slots} runs may be played at the same time")
