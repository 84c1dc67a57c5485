from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def push(ti):
    ti.xcom_push(key="k", value={"a": 1})
    ti.xcom_push("k2", None)
    return 10


def pull(ti):
    return {
        "one": ti.xcom_pull("push"),
        "key": ti.xcom_pull("push", key="k"),
        "none": ti.xcom_pull("push", key="k2", default="d"),
        "default": ti.xcom_pull(task_ids="push", key="absent", default="d"),
        "no_key": ti.xcom_pull(task_ids="push", key="absent"),
        "no_task": ti.xcom_pull(task_ids="later"),
        "list": list(ti.xcom_pull(task_ids=["push", "other"])),
        "order": list(ti.xcom_pull(task_ids=["other", "push"])),
        "missing": list(ti.xcom_pull(task_ids=["push", "nothing", "other"])),
        "tuple_one": list(ti.xcom_pull(task_ids=("other",))),
    }


with DAG("xcom_forms", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = PythonOperator(task_id="push", python_callable=push)
    b = PythonOperator(task_id="other", python_callable=lambda: "o")
    n = PythonOperator(task_id="nothing", python_callable=lambda: None)
    c = PythonOperator(task_id="pull", python_callable=pull)
    (
        [a, b, n]
        >> c
        >> PythonOperator(task_id="later", python_callable=lambda ti: ti.xcom_pull(task_ids="pull"))
    )
    PythonOperator(task_id="no_push", python_callable=lambda: 1, do_xcom_push=False)
