from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python_operator import BranchPythonOperator as Branch


def tell(context):
    print("told")


def pick(count, unit, templates_dict, ds, **context):
    print(count, unit, templates_dict, ds, context["ti"].task_id)
    return "large" if count > 100 else "small"


default_args = {"owner": "me", "retries": 1, "retry_delay": timedelta(seconds=1)}

with DAG(
    "sizes",
    start_date=datetime(2024, 1, 1),
    schedule_interval=None,
    default_args=default_args,
) as dag:
    size = Branch(
        task_id="size",
        python_callable=pick,
        op_args=[150],
        op_kwargs={"unit": "{{ ds_nodash }}"},
        templates_dict={"day": "{{ ds }}"},
        provide_context=True,
        execution_timeout=timedelta(minutes=1),
        on_failure_callback=tell,
        trigger_rule="none_failed",
        do_xcom_push=False,
        queue="small",
    )
    size >> [EmptyOperator(task_id="large"), EmptyOperator(task_id="small")]
