from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def extract(**kwargs):
    ti = kwargs["ti"]
    ti.xcom_push(key="data", value=[1, 2, 3])


def transform(factor, **kwargs):
    ti = kwargs["ti"]
    data = ti.xcom_pull(key="data", task_ids="extract")
    doubled = [x * factor for x in data]
    print(f"transformed {len(doubled)} rows")
    ti.xcom_push(key="total", value=sum(doubled))
    ti.xcom_push(key="rows", value=len(doubled))


def load(ti):
    total = ti.xcom_pull(key="total", task_ids="transform")
    rows = ti.xcom_pull(key="rows", task_ids="transform")
    print("loading")
    print(f"{rows} rows, total {total}")
    return {"mean": total / rows}


with DAG("chain", start_date=datetime(2023, 1, 1), schedule="@daily", catchup=False) as dag:
    t1 = PythonOperator(task_id="extract", python_callable=extract)
    t2 = PythonOperator(task_id="transform", python_callable=transform, op_kwargs={"factor": 2})
    t3 = PythonOperator(task_id="load", python_callable=load)
    t1 >> t2 >> t3
