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

from airflow.exceptions import AirflowFailException


def final():
    raise AirflowFailException("no more")


with DAG("callbacks_fail_exception", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="a", python_callable=final, retries=2, **ALL)
    PythonOperator(task_id="b", python_callable=lambda: __import__("sys").exit(1), **ALL)
