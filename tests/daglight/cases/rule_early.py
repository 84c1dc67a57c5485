from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def see(ti):
    return [ti.xcom_pull(task_ids=one) for one in ("slow_3",)]


with DAG("rule_early", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    quick = PythonOperator(task_id="quick", python_callable=lambda: "quick")
    slow = [PythonOperator(task_id=f"slow_{n}", python_callable=lambda: "slow") for n in (1, 2, 3)]
    slow[0] >> slow[1] >> slow[2]
    for rule in ("one_success", "one_done", "always", "all_done"):
        [quick, slow[2]] >> PythonOperator(task_id=rule, python_callable=see, trigger_rule=rule)
