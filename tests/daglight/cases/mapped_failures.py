from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator

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
MIXES = ["sss", "ssf", "sfk", "kks", "kkk", "fff", "fk", "s", "f", "k", "sk"]

with DAG("mapped_failures", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def end(kind):
        if kind == "f":
            raise ValueError("bad")
        if kind == "k":
            raise AirflowSkipException
        return kind

    for mix in MIXES:
        mapped = end.override(task_id=mix).expand(kind=list(mix))
        for rule in RULES:
            mapped >> EmptyOperator(task_id=f"{rule}-{mix}", trigger_rule=rule)
