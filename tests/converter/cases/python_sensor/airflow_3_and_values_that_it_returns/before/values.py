import datetime

from airflow.providers.standard.operators.python import PythonOperator
from airflow.providers.standard.sensors import python as sensors
from airflow.sdk import DAG, PokeReturnValue


def find(day, ti):
    print(ti.task_id)
    return PokeReturnValue(is_done=day > "2020", xcom_value=[day])


def show(ti):
    print(ti.xcom_pull(task_ids="find"), ti.xcom_pull(task_ids="plain"))


with DAG(
    "values", start_date=datetime.datetime(2024, 1, 1), schedule=None, catchup=False
):
    find = sensors.PythonSensor(
        task_id="find",
        python_callable=find,
        op_kwargs={"day": "{{ ds }}"},
    )
    plain = sensors.PythonSensor(
        task_id="plain", python_callable=lambda x: len(x) == 1, op_args=[find.output]
    )
    plain >> PythonOperator(task_id="show", python_callable=show)
