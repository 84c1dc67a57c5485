from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

CONFIGS = [
    {"id": "load_eu", "tables": ["orders"]},
    {"id": "load_us", "tables": ["orders", "users"]},
]


def load_table(table):
    print(f"loading {table}")
    return table.upper()


def make_dag(cfg):
    with DAG(cfg["id"], start_date=datetime(2023, 1, 1), schedule=None) as dag:
        for table in cfg["tables"]:
            PythonOperator(
                task_id=f"load_{table}", python_callable=load_table, op_kwargs={"table": table}
            )
    return dag


for cfg in CONFIGS:
    globals()[cfg["id"]] = make_dag(cfg)
