from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


def kinds(**context):
    return {
        name: type(context[name]).__name__
        for name in (
            "dag_run",
            "data_interval_start",
            "ds",
            "inlets",
            "logical_date",
            "outlets",
            "params",
            "run_id",
            "task_instance_key_str",
            "test_mode",
            "ts",
            "try_number",
        )
        if name in context
    }


with DAG("templates_context_names", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(
        task_id="names", python_callable=lambda **kwargs: sorted(set(kwargs) - {"templates_dict"})
    )
    PythonOperator(task_id="kinds", python_callable=kinds)
    PythonOperator(task_id="missing", python_callable=lambda **kwargs: kwargs["nobody"])
    PythonOperator(task_id="got", python_callable=lambda **kwargs: kwargs.get("nobody", "d"))
    PythonOperator(
        task_id="inside", python_callable=lambda **kwargs: ["ds" in kwargs, "nobody" in kwargs]
    )
