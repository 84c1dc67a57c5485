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


with DAG("callbacks_states", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = PythonOperator(task_id="a", python_callable=lambda: 1, **ALL)
    b = PythonOperator(
        task_id="b", python_callable=fail, retries=2, retry_delay=timedelta(seconds=0.05), **ALL
    )
    c = PythonOperator(task_id="c", python_callable=lambda: 1, **ALL)
    d = PythonOperator(task_id="d", python_callable=lambda: 1, trigger_rule="all_done", **ALL)
    a >> b >> c >> d
