from datetime import datetime

from airflow import DAG
from airflow.models.xcom_arg import XComArg
from airflow.operators.bash import BashOperator

with DAG("handed", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    push = BashOperator(task_id="push", bash_command="echo 1")
    pull = BashOperator(
        task_id="pull",
        bash_command="echo $VALUE",
        env={"VALUE": str(XComArg(push))},
        append_env=True,
    )
    push >> pull
