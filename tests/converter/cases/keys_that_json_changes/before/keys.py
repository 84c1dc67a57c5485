from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def number():
    return {1: "one", "two": 2}


def named():
    found = {"rows": [{None: 0}]}
    return found


def counted():
    return {place: name for place, name in enumerate("ab")}


def pushed(ti):
    ti.xcom_push(key="shares", value={-1: 0.5})


def texts():
    inner = {1: "one"}
    return {"text": str(inner), **{"more": inner[1]}}


def kept():
    counts = {0: "nothing"}
    print(counts)
    return sorted({1: "one"})


with DAG("keys", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="number", python_callable=number)
    PythonOperator(task_id="named", python_callable=named)
    PythonOperator(task_id="counted", python_callable=counted)
    PythonOperator(task_id="pushed", python_callable=pushed)
    PythonOperator(task_id="texts", python_callable=texts)
    PythonOperator(task_id="kept", python_callable=kept)
