from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.sensors.python import PythonSensor

asked = []


def tell(context):
    print("told")


def ready(wanted, word, templates_dict, ds, **context):
    asked.append(ds)
    print(wanted, word, templates_dict, ds, context["ti"].task_id)
    return len(asked) >= wanted


default_args = {"owner": "me", "retries": 1, "poke_interval": 0.1}

with DAG(
    "waits",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    default_args=default_args,
) as dag:
    wait = PythonSensor(
        task_id="wait",
        python_callable=ready,
        op_args=[3],
        op_kwargs={"word": "{{ ds_nodash }}"},
        templates_dict={"day": "{{ ds }}"},
        poke_interval=timedelta(seconds=0.2),
        timeout=60,
        max_wait=1,
        mode="poke",
        soft_fail=False,
        exponential_backoff=True,
        silent_fail=False,
        never_fail=True,
        retry_delay=timedelta(seconds=1),
        execution_timeout=timedelta(minutes=1),
        on_failure_callback=tell,
        trigger_rule="none_failed",
        do_xcom_push=False,
        queue="small",
        dag=dag,
    )
    wait >> EmptyOperator(task_id="load")
