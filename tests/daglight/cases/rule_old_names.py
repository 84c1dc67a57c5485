# options: {"versions": [2]}
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


with DAG("rule_old_names", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    makers = {
        f"{kind}{n}": PythonOperator(task_id=f"{kind}{n}", python_callable=end, op_args=[kind])
        for kind in "sfk"
        for n in range(3)
    }
    for size in (1, 2, 3):
        for mix in combinations_with_replacement("sfk", size):
            for rule in ("none_failed_or_skipped", "dummy", "all_done_setup_success"):
                join = EmptyOperator(task_id=f"{rule}-{''.join(mix)}", trigger_rule=rule)
                for n, kind in enumerate(mix):
                    makers[f"{kind}{n}"] >> join
