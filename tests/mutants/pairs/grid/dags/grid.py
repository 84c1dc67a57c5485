from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

REGIONS = ["eu", "us"]
MONTHS = [1, 2]


def collect(region, month):
    return f"{region}-{month}"


with DAG("grid", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    for region in REGIONS:
        for month in MONTHS:
            PythonOperator(
                task_id=f"collect_{region}_{month}",
                python_callable=collect,
                op_kwargs={"region": region, "month": month},
            )
