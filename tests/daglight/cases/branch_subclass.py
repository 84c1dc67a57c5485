from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.operators.branch import BaseBranchOperator


class Chooser(BaseBranchOperator):
    template_fields = ("choice",)

    def __init__(self, choice, **kwargs):
        super().__init__(**kwargs)
        self.choice = choice

    def choose_branch(self, context):
        return self.choice


with DAG("branch_subclass", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name, choice in (
        ("one", "one_a"),
        ("group", "group_g"),
        ("both", ["both_a", "both_g"]),
        ("empty", []),
        ("none", None),
        ("template", "{{ 'template' }}_a"),
        ("unknown", "nowhere"),
        ("number", 7),
    ):
        a = EmptyOperator(task_id=f"{name}_a")
        with TaskGroup(f"{name}_g") as g:
            EmptyOperator(task_id="x") >> EmptyOperator(task_id="y")
        join = EmptyOperator(task_id=f"{name}_join", trigger_rule="none_failed_min_one_success")
        Chooser(task_id=name, choice=choice) >> [a, g] >> join
