from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("shell", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    BashOperator(
        task_id="say",
        bash_command="echo $WORD",
        env={"WORD": "hello"},
        append_env=True,
        cwd="/tmp",
        skip_on_exit_code=7,
        output_encoding="utf-8",
        retries=1,
        retry_delay=timedelta(seconds=2),
        execution_timeout=timedelta(minutes=1),
    )
