from datetime import datetime
from itertools import combinations_with_replacement

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator

RULES = [
    "all_success",
    "all_failed",
    "all_done",
    "one_success",
    "one_failed",
    "one_done",
    "none_failed",
    "none_failed_min_one_success",
    "none_skipped",
    "all_skipped",
    "always",
]


def end(kind):
    if kind == "f":
        raise ValueError("bad")
    if kind == "k":
        raise AirflowSkipException


with DAG("rule_table", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    makers = {}
    for kind in "sfk":
        for n in range(3):
            makers[f"{kind}{n}"] = PythonOperator(
                task_id=f"{kind}{n}", python_callable=end, op_args=[kind]
            )
    for n in range(3):
        makers[f"u{n}"] = EmptyOperator(task_id=f"u{n}")
        makers["f0"] >> makers[f"u{n}"]
    for size in (1, 2, 3):
        for mix in combinations_with_replacement("sfku", size):
            for rule in RULES:
                join = EmptyOperator(task_id=f"{rule}-{''.join(mix)}", trigger_rule=rule)
                for n, kind in enumerate(mix):
                    makers[f"{kind}{n}"] >> join
