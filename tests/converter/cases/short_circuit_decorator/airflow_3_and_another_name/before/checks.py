from datetime import datetime

from airflow.sdk import DAG
from airflow.sdk import task as step


@step.short_circuit
def check(value):
    return value


@step(trigger_rule="none_failed")
def show(ti):
    print(ti.xcom_pull(task_ids="check"))


@step
def work():
    print("work")


with DAG("checks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    last = show()
    check("yes") >> last
    check(None) >> work()
