"""What a finished run looks like in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from pokemon_pipeline.reports.milestones import MilestoneRow


def print_milestones(rows: Sequence[MilestoneRow]) -> None:
    """The milestone table: turns, frames and seconds beside the turns that were aimed at."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Milestones", box=box.SIMPLE, title_justify="left")
    table.add_column("milestone")
    for name in ("turns", "frames", "seconds", "low", "medium", "high"):
        table.add_column(name, justify="right")
    table.add_column("target met")
    for row in rows:
        limits = ["" if limit is None else str(limit) for limit in (row.low, row.medium, row.high)]
        table.add_row(
            row.description, str(row.turns), str(row.frames), f"{row.seconds:.1f}", *limits, row.met or "none"
        )
    Console().print(table)
