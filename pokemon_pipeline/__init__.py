"""The Dagster code location: runs, telemetry, warehouse and reports of the player as assets.

dlt reads its own settings from the environment when it is imported, so they stand here: nothing is sent home, the
resources of a load are read one after the other (quarantine last), and only errors are logged.
"""

import os

os.environ.setdefault("RUNTIME__DLTHUB_TELEMETRY", "false")
os.environ.setdefault("RUNTIME__LOG_LEVEL", "ERROR")
os.environ["EXTRACT__NEXT_ITEM_MODE"] = "fifo"
