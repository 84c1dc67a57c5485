from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.utils.task_group import TaskGroup

dag = DAG("grouped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False)

with TaskGroup(
    group_id="plain",
    prefix_group_id=False,
    dag=dag,
    default_args={"retries": 1, "retry_delay": timedelta(seconds=1), "pool": "one_at_a_time"},
    tooltip="no prefix",
    ui_color="red",
    ui_fgcolor="#fff",
    add_suffix_on_collision=False,
) as plain:
    say = BashOperator(task_id="say", bash_command="echo plain", dag=dag)

last = BashOperator(task_id="last", bash_command="echo last", dag=dag)
plain >> last
