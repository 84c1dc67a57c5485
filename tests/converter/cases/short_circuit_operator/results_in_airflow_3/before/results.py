from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import (
    PythonOperator,
    ShortCircuitOperator,
)
from airflow.sdk import DAG


def show(ti):
    print(ti.xcom_pull(task_ids="stop"), ti.xcom_pull(task_ids="go"))


with DAG("results", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    stop = ShortCircuitOperator(
        task_id="stop",
        python_callable=lambda: 0,
        ignore_downstream_trigger_rules=False,
    )
    go = ShortCircuitOperator(task_id="go", python_callable=lambda: "yes")
    last = PythonOperator(
        task_id="show", python_callable=show, trigger_rule="none_failed"
    )
    stop >> EmptyOperator(task_id="stopped") >> last
    go >> last
