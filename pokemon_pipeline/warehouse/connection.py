"""Short connections to the DuckDB warehouse: closed on error, patient with a lock, published for readers."""

from __future__ import annotations

import contextlib
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

_HOLDER = re.compile(r"lock is held in (?P<file>.+?) \(PID (?P<pid>\d+)\)")


class WarehouseError(Exception):
    """One sentence about a warehouse that cannot be used."""


def _lock_sentence(path: Path, error: duckdb.IOException, waited: float) -> str:
    held = _HOLDER.search(str(error))
    holder = f"{held['file']} (process {held['pid']})" if held else "another process"
    return f"The warehouse {path} is still held open by {holder} after {waited:.0f} s; close it there and try again."


@contextlib.contextmanager
def open_warehouse(
    path: Path,
    *,
    read_only: bool = False,
    timeout: float = 30.0,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that is closed whatever happens; waits up to `timeout` seconds for a locked file."""
    if read_only and not path.exists():
        raise WarehouseError(f"There is no warehouse at {path}; `pokemon demo` or `pokemon load` makes it.")
    start = clock()
    while True:
        try:
            if not read_only:
                path.parent.mkdir(parents=True, exist_ok=True)
            connection = duckdb.connect(str(path), read_only=read_only)
            break
        except duckdb.IOException as error:
            if "lock" not in str(error):
                raise WarehouseError(f"{path} cannot be opened as a DuckDB file: {_first_line(error)}") from error
            if clock() - start >= timeout:
                raise WarehouseError(_lock_sentence(path, error, timeout)) from error
            sleep(0.25)
        except (duckdb.Error, OSError) as error:
            raise WarehouseError(f"{path} cannot be opened: {_first_line(error)}") from error
    try:
        yield connection
    finally:
        connection.close()


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0]


def publish(warehouse: Path, published: Path) -> int:
    """Replace the readers' copy in one step; the bytes copied. Call it while no connection is open."""
    partial = published.with_name(f"{published.name}.partial")
    shutil.copyfile(warehouse, partial)
    partial.replace(published)
    return published.stat().st_size
