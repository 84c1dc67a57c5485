from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator


@task
def first():
    return 1


@task
def last():
    print("last")


with DAG("words", start_date=datetime(2024, 1, 1), schedule=None):
    one = first()
    two = BashOperator(
        task_id="two",
        bash_command="""cat <<'END'
one and two
{{ ds }}
END""",
    )
    one >> two
    one >> last()
