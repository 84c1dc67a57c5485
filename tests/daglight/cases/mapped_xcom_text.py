from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator

with DAG("mapped_xcom_text", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def double(n):
        return n * 2

    found = double.expand(n=[1, 2])
    found >> BashOperator(
        task_id="bash",
        bash_command="echo {% for one in ti.xcom_pull(task_ids='double') %}{{ one }},{% endfor %}",
    )
    found >> BashOperator(
        task_id="one", bash_command="echo {{ ti.xcom_pull(task_ids='double', map_indexes=1) }}"
    )
