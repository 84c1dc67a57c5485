from datetime import datetime
from functools import partial

from airflow import DAG
from airflow.operators.python import PythonOperator
from alerts import tell, tell_more


def fails(ti):
    raise ValueError(ti.hostname)


with DAG("told", start_date=datetime(2024, 1, 1), schedule=None, on_failure_callback=tell):
    PythonOperator(
        task_id="fails",
        python_callable=fails,
        on_failure_callback=partial(tell_more, channel="data"),
    )
