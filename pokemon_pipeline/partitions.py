"""The partitions of the assets."""

from __future__ import annotations

import dagster as dg

RUNS = dg.DynamicPartitionsDefinition(name="game_run")
"""One partition per run id; a run id is added by the command line, a schedule or the UI's "Add partition"."""
