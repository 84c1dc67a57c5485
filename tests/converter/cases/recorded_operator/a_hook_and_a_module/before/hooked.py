from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.providers.postgres.hooks.postgres import PostgresHook
from airflow.providers.snowflake.operators import snowflake


def made():
    return PostgresHook(task_id="no operator")


with DAG("hooked", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    BashOperator(task_id="say", bash_command="echo")
    snowflake.SnowflakeOperator(task_id="through_a_module", sql="select 1")
