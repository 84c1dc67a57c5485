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

import functools


def with_name(name, context):
    with open(f"{context['ti'].task_id}.log", "a") as log:
        log.write(f"{name}\n")


def with_starred(*args, **kwargs):
    with_name(f"starred {len(args)}", args[0])


class Callable:
    def __call__(self, context):
        with_name("object", context)

    def method(self, context):
        with_name("method", context)


with DAG("callbacks_forms", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(
        task_id="a",
        python_callable=lambda: 1,
        on_success_callback=functools.partial(with_name, "partial"),
    )
    PythonOperator(task_id="b", python_callable=lambda: 1, on_success_callback=Callable())
    PythonOperator(task_id="c", python_callable=lambda: 1, on_success_callback=Callable().method)
    PythonOperator(
        task_id="d",
        python_callable=lambda: 1,
        on_success_callback=[lambda context: with_name("lambda", context), with_starred],
    )
    PythonOperator(task_id="e", python_callable=lambda: 1, on_success_callback=[])
    PythonOperator(task_id="f", python_callable=lambda: 1, on_success_callback=(note("tuple"),))
