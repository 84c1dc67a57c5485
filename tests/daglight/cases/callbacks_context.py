# options: {"conf": {"k": 1}}
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


def tell(context):
    names = sorted(set(context))
    with open(f"{context['task'].task_id}.log", "a") as log:
        log.write(
            f"{context['task'].task_id} {context['dag'].dag_id} {context['ds']} {context['params'].get('p')} {context['dag_run'].conf} {context.get('reason')} {context.get('try_number')}\n"
        )
        log.write(
            f"{context['task_instance'] is context['ti']} {context['task_instance_key_str']} {context['ti'].xcom_pull(task_ids=context['ti'].task_id)} {names}\n"
        )


with DAG("callbacks_context", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(
        task_id="a",
        python_callable=fail,
        on_failure_callback=tell,
        params={"p": 1},
        op_kwargs={"x": "{{ ds }}"},
    )
    PythonOperator(
        task_id="b", python_callable=lambda: 5, on_success_callback=tell, trigger_rule="all_done"
    )
