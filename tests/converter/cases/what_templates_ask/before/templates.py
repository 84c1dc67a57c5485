from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def show(text):
    print(text)


with DAG("templates", start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(
        task_id="instance", python_callable=show, op_args=["{{ ti.hostname }}"]
    )
    PythonOperator(
        task_id="moved", python_callable=show, op_args=["{{ logical_date.add(days=1) }}"]
    )
    PythonOperator(
        task_id="settings", python_callable=show, op_args=["{{ conf.get('core', 'x') }}"]
    )
    BashOperator(task_id="owner", bash_command="echo {{ task.owner }}")
    BashOperator(
        task_id="other",
        bash_command="echo {{ ti.xcom_pull('moved', dag_id='other') }}",
    )
    PythonOperator(
        task_id="year", python_callable=show, op_args=["{{ logical_date.strftime('%Y') }}"]
    )
