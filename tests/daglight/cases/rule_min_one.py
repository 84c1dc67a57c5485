# options: {"versions": [3]}
from datetime import datetime
from itertools import combinations_with_replacement

from airflow.sdk import DAG
from airflow.sdk.exceptions import AirflowSkipException
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator


def end(kind):
    if kind == "f":
        raise ValueError("bad")
    if kind == "k":
        raise AirflowSkipException


with DAG("rule_min_one", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    makers = {
        f"{kind}{n}": PythonOperator(task_id=f"{kind}{n}", python_callable=end, op_args=[kind])
        for kind in "sfk"
        for n in range(3)
    }
    for n in range(3):
        makers[f"u{n}"] = EmptyOperator(task_id=f"u{n}")
        makers["f0"] >> makers[f"u{n}"]
    for size in (1, 2, 3):
        for mix in combinations_with_replacement("sfku", size):
            for rule in ("all_done_min_one_success", "all_done_setup_success"):
                join = EmptyOperator(task_id=f"{rule}-{''.join(mix)}", trigger_rule=rule)
                for n, kind in enumerate(mix):
                    makers[f"{kind}{n}"] >> join
