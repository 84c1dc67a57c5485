# options: {"now": "2024-03-06T00:00:00+00:00"}
from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.empty import EmptyOperator
from airflow.sensors.bash import BashSensor
from airflow.sensors.date_time import DateTimeSensor
from airflow.sensors.python import PythonSensor

calls = {}


def ready(at):
    calls[at] = calls.get(at, 0) + 1
    return calls[at] >= at


with DAG("sensor_mapped", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def counts():
        return [1, 3]

    waits = PythonSensor.partial(task_id="waits", python_callable=ready, poke_interval=60).expand(
        op_args=counts().map(lambda n: [n])
    )
    waits >> EmptyOperator(task_id="after")
    again = PythonSensor.partial(
        task_id="again",
        python_callable=lambda n: n == 1,
        mode="reschedule",
        poke_interval=100,
        timeout=250,
    ).expand(op_args=[[1], [2]])
    again >> EmptyOperator(task_id="after_again", trigger_rule="one_success")
    again >> EmptyOperator(task_id="after_done", trigger_rule="all_done")
    BashSensor.partial(task_id="bash", timeout=0, soft_fail=True).expand(
        bash_command=["exit 0", "exit 1"]
    )
    DateTimeSensor.partial(task_id="date").expand(
        target_time=["{{ ds }}", "{{ data_interval_end }}"]
    )
