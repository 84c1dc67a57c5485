from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task


@task
def pull(ti=None):
    print(list(ti.xcom_pull(task_ids=["first", "second"])), ti.xcom_pull(key="a"))


with DAG("pulls_of_3", start_date=datetime(2024, 1, 1), schedule=None):
    first = EmptyOperator(task_id="first")
    second = EmptyOperator(task_id="second")
    [first, second] >> EmptyOperator(task_id="join", trigger_rule="all_done") >> pull()
