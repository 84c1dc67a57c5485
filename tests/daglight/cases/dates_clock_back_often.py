# options: {"logical_date": "2024-10-27T01:45:00+00:00"}
import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def probe(**context):
    names = ["data_interval_start", "data_interval_end", "logical_date"]
    names += ["prev_execution_date", "next_execution_date"] if "next_ds" in context else []
    for name in names:
        print(name, context[name].isoformat())
    length = context["data_interval_end"] - context["data_interval_start"]
    print(length.total_seconds(), context["dag"].start_date, context["task"].start_date)


with DAG(
    "dates_clock_back_often",
    start_date=pendulum.datetime(2024, 1, 1, tz="Europe/Berlin"),
    schedule="*/30 * * * *",
    catchup=False,
) as dag:
    PythonOperator(task_id="probe", python_callable=probe)
    BashOperator(
        task_id="text",
        bash_command="true {{ data_interval_end | ts }} {{ data_interval_start.in_timezone('Europe/Berlin') }}",
    )
