from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("error_map_custom_key", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task(multiple_outputs=True)
    def split(n):
        return {"half": n / 2, "items": [n, n + 1]}

    @task
    def show(value):
        return value

    show.expand(value=split(1)["items"])
