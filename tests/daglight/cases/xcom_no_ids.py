from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

with DAG("xcom_no_ids", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = PythonOperator(task_id="a", python_callable=lambda: "a")
    b = PythonOperator(task_id="b", python_callable=lambda: "b")
    c = PythonOperator(
        task_id="c", python_callable=lambda ti: [ti.xcom_pull(), ti.xcom_pull(key="x")]
    )
    a >> b >> c
