from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.operators.python import PythonOperator


def note(event):
    def write(context):
        ti = context["ti"]
        error = type(context.get("exception")).__name__
        with open("callbacks.log", "a") as log:
            log.write(f"{event} {ti.task_id} {context['ds']} {error}\n")

    write.__name__ = f"note_{event}"
    return write


def broken(context):
    raise RuntimeError("callback")


def fail():
    raise ValueError("bad")


def skip():
    raise AirflowSkipException


ALL = {
    f"on_{event}_callback": note(event)
    for event in ("execute", "success", "failure", "retry", "skipped")
}

with DAG("callbacks_task", start_date=datetime(2024, 1, 1), schedule=None, default_args=ALL) as dag:
    a = PythonOperator(task_id="a", python_callable=lambda: 1)
    b = PythonOperator(
        task_id="b",
        python_callable=fail,
        retries=1,
        retry_delay=timedelta(seconds=0.1),
        trigger_rule="all_done",
    )
    c = PythonOperator(task_id="c", python_callable=skip, trigger_rule="all_done")
    d = PythonOperator(
        task_id="d",
        python_callable=lambda: 1,
        trigger_rule="all_done",
        on_success_callback=[note("one"), broken, note("two")],
    )
    e = PythonOperator(task_id="e", python_callable=lambda: 1)
    a >> b >> c >> d
    b >> e
