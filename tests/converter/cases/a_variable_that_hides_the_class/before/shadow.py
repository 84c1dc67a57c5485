from datetime import datetime
from airflow import DAG
from airflow.operators.bash import BashOperator
DAG = DAG(dag_id="shadow", start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
BashOperator(task_id="a", bash_command="true", dag=DAG)
