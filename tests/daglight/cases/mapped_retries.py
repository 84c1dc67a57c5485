from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import task

with DAG("mapped_retries", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task(retries=2, retry_delay=timedelta(0))
    def flaky(n, ti=None):
        print("try", ti.try_number, "of", n)
        if ti.try_number <= n:
            raise ValueError(str(n))
        return n

    @task(trigger_rule="all_done")
    def gather(values):
        return list(values)

    gather(flaky.expand(n=[0, 1, 2, 3]))
