from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def work():
    print("work", LIMIT)


dag = DAG("begins", start_date=datetime(2024, 1, 1), schedule=None)
LIMIT = 3
last = None
made = []
for name in ("a", "b"):
    task = PythonOperator(task_id=name, python_callable=work, dag=dag)
    if last:
        last >> task
    last = task
    made.append(task)
made >> EmptyOperator(task_id="end", dag=dag)
