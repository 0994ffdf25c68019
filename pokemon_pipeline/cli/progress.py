"""The line that shows where a run is while it is played."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent_core.run import Progress

LOG_EVERY_SECONDS = 5.0
"""Where stderr is a file, one line in this time."""


def describe(progress: Progress) -> str:
    reached = progress.milestones[-1] if progress.milestones else "none yet"
    return (
        f"turn {progress.turns}  frame {progress.frames}  map {progress.map_id} "
        f"({progress.position.x}, {progress.position.y})  badges {progress.badges}  "
        f"party {progress.party_count}  {progress.frames_per_second:.0f} frames/s  milestone: {reached}"
    )


@contextmanager
def live_line(title: str, *, quiet: bool = False) -> Iterator[Callable[[Progress], None]]:
    """A callback that keeps one line of stderr up to date in a terminal, or adds a line now and then elsewhere."""
    if quiet:
        yield lambda progress: None
        return
    if not sys.stderr.isatty():
        shown = 0.0

        def write(progress: Progress) -> None:
            nonlocal shown
            if progress.seconds - shown >= LOG_EVERY_SECONDS:
                shown = progress.seconds
                sys.stderr.write(f"{title}: {describe(progress)}\n")

        yield write
        return
    from rich.console import Console

    with Console(stderr=True).status(title) as status:
        yield lambda progress: status.update(f"{title}  {describe(progress)}")
