from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.operators.python import BranchPythonOperator, ShortCircuitOperator

with DAG("branch_mixes", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    choose = BranchPythonOperator(task_id="choose", python_callable=lambda: "join")
    a = EmptyOperator(task_id="a")
    join = EmptyOperator(task_id="join")
    choose >> [a, join]
    a >> join
    first = BranchPythonOperator(task_id="first", python_callable=lambda: ["second"])
    second = BranchPythonOperator(task_id="second", python_callable=lambda: "x")
    x, y, z = (EmptyOperator(task_id=n) for n in "xyz")
    first >> [second, z]
    second >> [x, y]
    [x, y, z] >> EmptyOperator(task_id="any", trigger_rule="one_success")
    [x, y, z] >> EmptyOperator(task_id="all")
    gate = ShortCircuitOperator(
        task_id="gate", python_callable=lambda: [], ignore_downstream_trigger_rules=False
    )
    gate >> EmptyOperator(task_id="g1") >> EmptyOperator(task_id="g2", trigger_rule="all_done")
    wide = ShortCircuitOperator(task_id="wide", python_callable=lambda: None)
    (
        wide
        >> EmptyOperator(task_id="w1", trigger_rule="all_done")
        >> EmptyOperator(task_id="w2", trigger_rule="all_done")
    )
