"""Group `warehouse`: the marts, one asset per SQL file."""

from collections.abc import Iterator

import dagster as dg

from pokemon_pipeline.automation import EAGER
from pokemon_pipeline.concurrency import WAREHOUSE_POOL
from pokemon_pipeline.resources import Warehouse
from pokemon_pipeline.warehouse import marts


@dg.multi_asset(
    name="refresh_marts",
    specs=[
        dg.AssetSpec(
            key=[marts.SCHEMA, mart.name],
            deps=[dg.AssetKey(list(table)) for table in mart.reads],
            description=mart.description,
            group_name="warehouse",
            kinds={"duckdb", "sql"},
            automation_condition=EAGER,
        )
        for mart in marts.marts()
    ],
    can_subset=True,
    pool=WAREHOUSE_POOL,
)
def mart_tables(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[dg.MaterializeResult[None]]:
    """Build the selected marts again in one transaction, then replace the readers' copy of the warehouse."""
    chosen = {key.path[-1] for key in context.selected_asset_keys}
    with warehouse.get_connection() as connection:
        rows = marts.refresh(connection, chosen)
    published = warehouse.publish()
    for mart in marts.marts():
        if mart.name in chosen:
            yield dg.MaterializeResult(
                asset_key=[marts.SCHEMA, mart.name],
                metadata={
                    "dagster/row_count": rows[mart.name],
                    "dagster/table_name": f"{marts.SCHEMA}.{mart.name}",
                    "sql": dg.MetadataValue.md(f"```sql\n{mart.sql}\n```"),
                    "published": dg.MetadataValue.path(warehouse.published),
                    "published_bytes": published,
                },
            )
