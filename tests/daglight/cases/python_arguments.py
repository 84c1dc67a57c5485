# options: {"conf": {"x": 1}}
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator, get_current_context


def named(a, ds, b=2, *, params, run_id):
    return [a, b, ds, params, run_id.split("__")[0]]


def everything(**context):
    return [context["ds"], context["extra"], context["task"].task_id, context["dag"].dag_id]


def only_ti(ti):
    return ti.task_id


def templates(templates_dict):
    return templates_dict


def current():
    return get_current_context()["ds_nodash"]


def conf(dag_run):
    return dag_run.conf


def plain(a, b=5):
    return [a, b]


with DAG(
    "python_arguments", start_date=datetime(2024, 1, 1), schedule=None, params={"p": 1}
) as dag:
    PythonOperator(
        task_id="named",
        python_callable=named,
        op_args=["{{ ds }}"],
        op_kwargs={"b": [1, {"k": "{{ ts }}"}]},
    )
    PythonOperator(task_id="everything", python_callable=everything, op_kwargs={"extra": "e"})
    PythonOperator(task_id="only_ti", python_callable=only_ti)
    PythonOperator(
        task_id="templates", python_callable=templates, templates_dict={"q": "day {{ ds }}"}
    )
    PythonOperator(task_id="current", python_callable=current)
    PythonOperator(task_id="conf", python_callable=conf)
    PythonOperator(task_id="plain", python_callable=plain, op_args=[1])
    PythonOperator(task_id="override", python_callable=lambda ds: ds, op_kwargs={"ds": "mine"})
    PythonOperator(task_id="clash", python_callable=lambda ds: ds, op_args=["mine"])
    PythonOperator(task_id="missing", python_callable=plain)
    PythonOperator(task_id="stars", python_callable=lambda *args: list(args), op_args=[1, 2])
    PythonOperator(task_id="too_many", python_callable=plain, op_kwargs={"a": 1, "c": 2})
