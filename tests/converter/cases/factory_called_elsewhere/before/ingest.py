"""DAGs of the ingestion; airflow finds them here."""

from common import make_dag

SETTINGS = {"description": "the shop", "max_active_runs": 4}

dag = make_dag("shop", "@daily", **SETTINGS)
