from datetime import datetime
from airflow import DAG
from airflow.models.baseoperator import chain
from airflow.operators.bash import BashOperator

early = BashOperator(task_id="early", bash_command="true")

dag = DAG(
    "arrow",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    default_args={"retries": 3},
)
first = BashOperator(task_id="first", bash_command="true", dag=dag)
second = BashOperator(task_id="second", bash_command="true")
third = BashOperator(task_id="third", bash_command="true")
fourth = BashOperator(task_id="fourth", bash_command="true")
many = [BashOperator(task_id=f"m{i}", bash_command="true") for i in range(2)]
first >> second
chain(second, third)
fourth.set_upstream(third)
fourth >> many
early >> first
