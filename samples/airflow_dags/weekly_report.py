"""Collects the figures of a week from two systems, writes a report and hands it out."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator

FOLDER = Path("weekly_report")
SOURCES = {"shop": [12, 30, 8], "web": [100, 80]}


def warn(context):
    print(f"no report for {context['ds']}: {context['task_instance'].task_id} failed")


def collect(source, week):
    """Write the figures of one source to a file of its own."""
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"{source}-{week}.json"
    file.write_text(json.dumps(SOURCES[source]))
    return str(file)


def combine(ti, ds):
    files = [ti.xcom_pull(task_ids=f"collect_{source}") for source in SOURCES]
    figures = {file: json.loads(Path(file).read_text()) for file in files}
    total = sum(sum(numbers) for numbers in figures.values())
    # The total travels under a key of its own, the text as the return value.
    ti.xcom_push(key="total", value=total)
    return f"week of {ds}: {total}"


def hand_out(ti):
    text = ti.xcom_pull(task_ids="combine")
    total = ti.xcom_pull(task_ids="combine", key="total")
    print(text)
    return {"total": total, "readers": ["board", "sales"]}


default_args = {
    "owner": "reporting",
    "retries": 1,
    "retry_delay": timedelta(seconds=1),
    "on_failure_callback": warn,
}

with DAG(
    dag_id="weekly_report",
    default_args=default_args,
    start_date=datetime(2024, 1, 1),
    schedule="0 5 * * 1",
    catchup=False,
    tags=["reporting", "weekly"],
) as dag:
    start = EmptyOperator(task_id="start")

    # One task for each system that we ask.
    collected = []
    for source in SOURCES:
        collected.append(
            PythonOperator(
                task_id=f"collect_{source}",
                python_callable=collect,
                op_kwargs={"source": source, "week": "{{ ds_nodash }}"},
            )
        )

    combined = PythonOperator(task_id="combine", python_callable=combine)
    handed_out = PythonOperator(task_id="hand_out", python_callable=hand_out)
    clean = BashOperator(
        task_id="clean",
        bash_command="rm -rf weekly_report && echo cleaned",
        trigger_rule="all_done",
    )

    start >> collected >> combined >> handed_out >> clean
