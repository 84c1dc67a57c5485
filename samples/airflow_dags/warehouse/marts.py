"""A factory: one DAG for each mart."""

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator

from warehouse.common.callables import count_rows
from warehouse.common.settings import DEFAULT_ARGS, START

MARTS = [
    {"id": "mart_sales", "schedule": "0 3 * * *", "tables": ["orders", "returns"]},
    {"id": "mart_people", "schedule": None, "tables": ["staff"]},
]


def make_mart(config):
    with DAG(
        config["id"],
        default_args=DEFAULT_ARGS,
        start_date=START,
        schedule=config["schedule"],
        catchup=False,
    ) as dag:
        done = EmptyOperator(task_id="done")
        for table in config["tables"]:
            counted = PythonOperator(
                task_id=f"count_{table}",
                python_callable=count_rows,
                op_args=[table],
            )
            counted >> done
    return dag


for config in MARTS:
    globals()[config["id"]] = make_mart(config)
