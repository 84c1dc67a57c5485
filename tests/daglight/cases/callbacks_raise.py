from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


def note(event):
    def write(context):
        ti = context["ti"]
        state = "" if event == "execute" else getattr(ti.state, "value", ti.state)
        with open(f"{ti.task_id}.log", "a") as log:
            log.write(
                f"{event} try={ti.try_number} {state} {type(context.get('exception')).__name__} {context.get('exception')}\n"
            )

    write.__name__ = f"note_{event}"
    return write


def fail(*args, **kwargs):
    raise ValueError("bad")


ALL = {
    f"on_{event}_callback": note(event)
    for event in ("execute", "success", "failure", "retry", "skipped")
}


with DAG("callbacks_raise", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(
        task_id="execute",
        python_callable=lambda: 1,
        on_execute_callback=fail,
        on_success_callback=note("after"),
    )
    PythonOperator(
        task_id="success", python_callable=lambda: 1, on_success_callback=[fail, note("second")]
    )
    PythonOperator(
        task_id="failure", python_callable=fail, on_failure_callback=[fail, note("second")]
    )
    PythonOperator(
        task_id="retry",
        python_callable=fail,
        retries=1,
        retry_delay=timedelta(seconds=0.05),
        on_retry_callback=fail,
        on_failure_callback=note("end"),
    )
    PythonOperator(task_id="no_argument", python_callable=lambda: 1, on_success_callback=lambda: 1)
