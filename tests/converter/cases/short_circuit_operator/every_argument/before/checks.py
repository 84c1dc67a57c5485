from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import ShortCircuitOperator


def worth(count, unit, ds):
    print(count, unit, ds)
    return count > 1000


with DAG("checks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    check = ShortCircuitOperator(
        task_id="check",
        python_callable=worth,
        op_args=[150],
        op_kwargs={"unit": "{{ ds_nodash }}"},
        ignore_downstream_trigger_rules=False,
        retries=1,
        retry_delay=timedelta(seconds=1),
    )
    first = EmptyOperator(task_id="first")
    second = EmptyOperator(task_id="second")
    third = EmptyOperator(task_id="third", trigger_rule="all_done")
    check >> first >> second >> third
