"""Group `telemetry`: the JSONL files that runs leave behind, and the raw tables they are loaded into."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import dagster as dg
from dagster_dlt import DagsterDltResource, DagsterDltTranslator, dlt_assets
from dagster_dlt.translator import DltResourceTranslatorData

from pokemon_pipeline.automation import AFTER_RUNS, EAGER
from pokemon_pipeline.concurrency import WAREHOUSE_POOL
from pokemon_pipeline.resources import Project, Warehouse
from pokemon_pipeline.settings import Settings
from pokemon_pipeline.warehouse.load import load, table_sizes, telemetry_pipeline, telemetry_source
from pokemon_pipeline.warehouse.tables import TABLES

GAME_JSONL = dg.AssetKey(["telemetry", "game_jsonl"])
DESCRIPTIONS = {table.name: table.description for table in TABLES}
SHOWN_FILES = 50


class FileFacts(NamedTuple):
    path: str
    bytes: int
    lines: int
    sha256: str


def file_facts(folder: Path) -> list[FileFacts]:
    """What is on disk: size, whole lines and SHA-256 of every file, by name."""
    return [_facts(path) for path in sorted(folder.glob("*.jsonl")) if path.is_file()]


def _facts(path: Path) -> FileFacts:
    digest, lines, size = hashlib.sha256(), 0, 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            lines += block.count(b"\n")
            size += len(block)
    return FileFacts(path.name, size, lines, digest.hexdigest())


@dg.asset(
    key=GAME_JSONL, group_name="telemetry", kinds={"json", "file"}, deps=["game_run"], automation_condition=AFTER_RUNS
)
def game_jsonl(project: Project) -> dg.MaterializeResult[None]:
    """The telemetry of every attempt, one JSONL file each: path, bytes, lines, SHA-256."""
    folder = project.settings.game_dir
    files = file_facts(folder)
    whole = hashlib.sha256("".join(f"{one.path} {one.sha256}\n" for one in files).encode()).hexdigest()
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(str(folder)),
            "files": len(files),
            "bytes": sum(one.bytes for one in files),
            "lines": sum(one.lines for one in files),
            "sha256": whole,
            "newest_files": dg.MetadataValue.table(
                [dg.TableRecord(one._asdict()) for one in files[-SHOWN_FILES:]],
                schema=dg.TableSchema(
                    [
                        dg.TableColumn("path", "string"),
                        dg.TableColumn("bytes", "int"),
                        dg.TableColumn("lines", "int"),
                        dg.TableColumn("sha256", "string"),
                    ]
                ),
            ),
        },
        data_version=dg.DataVersion(whole),
    )


class RawTables(DagsterDltTranslator):
    """`raw/<table>`, fed by the JSONL files."""

    def get_asset_spec(self, data: DltResourceTranslatorData) -> dg.AssetSpec:
        name = data.resource.name
        return (
            super()
            .get_asset_spec(data)
            .replace_attributes(
                key=dg.AssetKey(["raw", name]),
                deps=[GAME_JSONL],
                description=DESCRIPTIONS[name],
                group_name="telemetry",
                automation_condition=EAGER,
            )
        )


_DECLARED = Settings()
"""Only names are taken from the source below; what is loaded comes from the resources of the execution."""


@dlt_assets(
    dlt_source=telemetry_source(_DECLARED),
    dlt_pipeline=telemetry_pipeline(_DECLARED),
    name="load_telemetry",
    dagster_dlt_translator=RawTables(),
    pool=WAREHOUSE_POOL,
)
def raw_tables(
    context: dg.AssetExecutionContext, project: Project, warehouse: Warehouse, dlt: DagsterDltResource
) -> Iterator[dg.MaterializeResult[Any]]:
    """Load what is new; tables that were not selected are loaded as well, but not reported."""
    counts, source, pipeline, info = load(project.settings)
    with warehouse.get_connection(read_only=True) as connection:
        sizes = table_sizes(connection)
    for reason, count in sorted(counts.quarantined.items()):
        context.log.warning(f"{count} lines quarantined: {reason}")
    for name, resource in source.resources.items():
        key = dg.AssetKey(["raw", name])
        if key not in context.selected_asset_keys:
            continue
        metadata = dlt.extract_resource_metadata(context, resource, info, pipeline)
        own: dict[str, Any] = {
            "dagster/row_count": sizes[name],
            "dagster/table_name": f"raw.{name}",
            "rows_new": counts.rows[name],
            **({f"quarantined/{reason}": count for reason, count in counts.quarantined.items()}),
        }
        yield dg.MaterializeResult(asset_key=key, metadata={**metadata, **own})
