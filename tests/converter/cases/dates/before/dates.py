from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def show(day, ds, **context):
    print(day, ds, context["data_interval_end"])


with DAG(
    "dates", start_date=datetime(2024, 1, 1), schedule="0 6 * * *", catchup=False
) as dag:
    PythonOperator(
        task_id="show", python_callable=show, op_kwargs={"day": "{{ ds_nodash }}"}
    )
    BashOperator(task_id="tell", bash_command="echo {{ macros.ds_add(ds, 1) }}")
