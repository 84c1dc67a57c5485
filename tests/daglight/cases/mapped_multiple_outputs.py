from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator

with DAG("mapped_multiple_outputs", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task(multiple_outputs=True)
    def split(n):
        return {"half": n / 2, "items": [n, n + 1]}

    @task
    def show(value):
        return value

    @task
    def gather(values):
        return list(values)

    many = split.expand(n=[2, 4])
    gather(many["half"])
    made = PythonOperator(task_id="made", python_callable=lambda: ["p", "q"])
    show.override(task_id="of_output").expand(value=made.output)
    PythonOperator.partial(task_id="classic", python_callable=lambda v: v).expand(
        op_args=made.output.map(lambda v: [v])
    )
