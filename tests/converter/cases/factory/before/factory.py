from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

CONFIGS = [
    {"id": "eu", "tables": ["orders"]},
    {"id": "us", "tables": ["orders", "users"]},
]


def load(table):
    print(table)


def make(config):
    with DAG(
        config["id"], start_date=datetime(2024, 1, 1), schedule=None, catchup=False
    ) as dag:
        for table in config["tables"]:
            PythonOperator(
                task_id=f"load_{table}", python_callable=load, op_args=[table]
            )
    return dag


for config in CONFIGS:
    globals()[config["id"]] = make(config)
