"""What all DAGs of the warehouse share."""

from datetime import datetime, timedelta

START = datetime(2024, 1, 1)
LAYERS = ("raw", "clean")
DEFAULT_ARGS = {
    "owner": "warehouse",
    "retries": 1,
    "retry_delay": timedelta(seconds=1),
}
