from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def load(day, until, **context):
    print(f"loading {day} until {until}")
    return f"sales_{context['ds_nodash']}"


with DAG("dates", start_date=datetime(2023, 1, 1), schedule="0 6 * * *", catchup=False) as dag:
    loaded = PythonOperator(
        task_id="load",
        python_callable=load,
        op_kwargs={"day": "{{ ds }}", "until": "{{ data_interval_end }}"},
    )
