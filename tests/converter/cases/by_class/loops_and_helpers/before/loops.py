import os
from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.trigger_rule import TriggerRule
from settings import Config, tables

RULE = TriggerRule.ALL_DONE if os.environ.get("ALL") else TriggerRule.NONE_FAILED
base = {"owner": "shop", "retry_delay": timedelta(seconds=0)}


def count(table, ti):
    print(table, ti.task_id)
    return len(table)


@task
def total(numbers):
    return sum(numbers)


@dag(
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    default_args={**base, "retries": 1},
)
def loops():
    end = EmptyOperator(task_id="end", trigger_rule=RULE)
    counted = []
    for table in tables():
        one = PythonOperator(
            task_id=f"count_{table}",
            python_callable=count,
            op_args=[table],
            retries=Config.RETRIES,
            params={"table": table},
        )
        say = BashOperator(
            task_id=f"say_{table}",
            bash_command="echo {{ params.table }} {{ ti.xcom_pull(task_ids='count_' ~ params.table) }}",
            params={"table": table},
        )
        one >> say >> end
        counted.append(one.output)
    total(counted) >> end


loops()
