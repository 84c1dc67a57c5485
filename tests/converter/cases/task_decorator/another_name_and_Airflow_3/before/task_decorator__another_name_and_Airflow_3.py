from datetime import datetime

from airflow.sdk import DAG
from airflow.sdk import task as step


@step(task_id="hi")
def hello(name="you"):
    print("hello", name)


with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    hello("world")
