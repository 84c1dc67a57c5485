import os
from datetime import datetime, timedelta

from prefect import flow, task

from airflow_compat import (
    BashOperator,
    EmptyOperator,
    PythonOperator,
    TaskGraph,
    TriggerRule,
    airflow_run,
    template,
)
from settings import Config, tables

RULE = TriggerRule.ALL_DONE if os.environ.get("ALL") else TriggerRule.NONE_FAILED
base = {"owner": "shop", "retry_delay": timedelta(seconds=0)}


def count(table, ti):
    print(table, ti.task_id)
    return len(table)


@task(retries=1, retry_delay_seconds=0)
def total(numbers):
    return sum(numbers)


@flow(name="loops", log_prints=True)
def loops(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run, default_args={**base, "retries": 1}) as graph:
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
        graph.add(total, template(counted), unique=True) >> end
    return graph.leaves


if __name__ == "__main__":
    loops()
