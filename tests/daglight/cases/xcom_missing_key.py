from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator

with DAG("xcom_missing_key", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def plain():
        return {"a": 1}

    @task(multiple_outputs=True)
    def several():
        return {"a": 1}

    @task
    def show(v):
        return v

    show(plain()["b"])
    show(several()["b"])
    made = PythonOperator(task_id="made", python_callable=lambda: None)
    show(made.output)
    show(made.output["x"])
    show([plain()["c"]])
