from datetime import datetime
from itertools import combinations_with_replacement

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def end(kind):
    if kind == "f":
        raise ValueError("bad")
    if kind == "k":
        raise AirflowSkipException


with DAG("rule_setup_success", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    makers = {}
    for kind in "sfk":
        for n in range(3):
            for setup in "SW":
                made = PythonOperator(
                    task_id=f"{setup}{kind}{n}", python_callable=end, op_args=[kind]
                )
                makers[f"{setup}{kind}{n}"] = made.as_setup() if setup == "S" else made
    kinds = [f"{setup}{kind}" for setup in "SW" for kind in "sfk"]
    for size in (1, 2, 3):
        for mix in combinations_with_replacement(kinds, size):
            drop = EmptyOperator(task_id="drop-" + "".join(mix)).as_teardown()
            for n, kind in enumerate(mix):
                makers[f"{kind}{n}"] >> drop
