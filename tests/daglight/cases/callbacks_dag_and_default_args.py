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


with DAG(
    "callbacks_dag_and_default_args",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    default_args={"on_failure_callback": note("default")},
    on_failure_callback=lambda context: (
        open("dag.log", "a").write(f"dag {context.get('reason')}\n") and None
    ),
) as dag:
    PythonOperator(task_id="a", python_callable=fail)
    PythonOperator(task_id="b", python_callable=fail, on_failure_callback=note("own"))
    PythonOperator(task_id="c", python_callable=fail, on_failure_callback=None)
