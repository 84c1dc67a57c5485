# options: {"versions": [2]}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

from airflow.models import Variable


with DAG("variables_setdefault", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(
        task_id="a",
        python_callable=lambda: [
            Variable.setdefault("sd", "x"),
            Variable.setdefault("sd", "y"),
            Variable.get("sd"),
            Variable.delete("sd"),
            Variable.delete("sd"),
        ],
    )
