from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.operators.empty import EmptyOperator


@task.short_circuit(
    task_id="check",
    ignore_downstream_trigger_rules=False,
    retries=1,
    retry_delay=timedelta(seconds=1),
)
def worth(count, *, unit="cm", ds=None):
    print(count, unit, ds)
    return count > 1000


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def checks():
    first = EmptyOperator(task_id="first")
    second = EmptyOperator(task_id="second", trigger_rule="all_done")
    worth(150, unit="mm") >> first >> second
    far = worth.override(task_id="far", ignore_downstream_trigger_rules=True)(150)
    third = EmptyOperator(task_id="third")
    fourth = EmptyOperator(task_id="fourth", trigger_rule="all_done")
    far >> third >> fourth


checks()
