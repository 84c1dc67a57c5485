from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

with DAG(
    "templates_native",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    render_template_as_native_obj=True,
    params={"n": 5},
) as dag:
    a = PythonOperator(task_id="a", python_callable=lambda: {"k": [1]})
    b = PythonOperator(
        task_id="b",
        python_callable=lambda *args: [type(one).__name__ for one in args],
        op_args=[
            "{{ ti.xcom_pull('a') }}",
            "{{ params.n }}",
            "{{ ds }}",
            "x{{ params.n }}",
            "[1, 2]",
            "{{ none }}",
            "12",
        ],
    )
    a >> b
