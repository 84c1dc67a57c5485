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


def told(name):
    def tell(context):
        with open("dag.log", "a") as log:
            log.write(
                f"{name} {context['dag'].dag_id} {context.get('reason')} {context['run_id'] == context['dag_run'].run_id}\n"
            )

    return tell


with DAG(
    "callbacks_dag_several",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    on_success_callback=[told("one"), fail, told("two")],
    on_failure_callback=told("never"),
) as dag:
    PythonOperator(task_id="a", python_callable=lambda: 1)
