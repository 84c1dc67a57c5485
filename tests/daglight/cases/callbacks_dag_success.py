from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def note(event):
    def write(context):
        with open("callbacks.log", "a") as log:
            log.write(
                f"{event} {context['dag'].dag_id} {context['reason']} {context['run_id'].split('_')[0]}\n"
            )

    return write


def work():
    if "success" == "failure":
        raise ValueError("bad")


with DAG(
    "callbacks_dag_success",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    on_success_callback=note("on_success"),
    on_failure_callback=[note("on_failure"), note("again")],
) as dag:
    a = PythonOperator(task_id="a", python_callable=work)
    a >> PythonOperator(task_id="b", python_callable=lambda: 1)
