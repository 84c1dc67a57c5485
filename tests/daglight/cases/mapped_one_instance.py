from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group
from airflow.operators.python import PythonOperator

with DAG("mapped_one_instance", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def end(n):
        return n

    def pull(ti):
        value = ti.xcom_pull(task_ids="end")
        print(value if isinstance(value, int) else list(value))
        value = ti.xcom_pull(task_ids="nothing_here")
        print(value if value is None else list(value))

    @task
    def gather(values):
        return list(values) if not isinstance(values, int) else values

    @task_group
    def group(n):
        return end.override(task_id="inside")(n)

    found = end.expand(n=[7])
    found >> PythonOperator(task_id="pull", python_callable=pull)
    gather(found)
    gather.override(task_id="of_group")(group.expand(n=[8]))
