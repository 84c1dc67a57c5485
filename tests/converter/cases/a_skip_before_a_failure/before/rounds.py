from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def skips():
    raise AirflowSkipException("nothing to do")


def fails():
    raise ValueError("broken")


with DAG("tries_take_rounds", start_date=datetime(2024, 1, 1), schedule=None):
    begin = EmptyOperator(task_id="begin")
    skipped = PythonOperator(task_id="skipped", python_callable=skips)
    tried = PythonOperator(
        task_id="tried", python_callable=fails, retries=2, retry_delay=timedelta(0)
    )
    begin >> [skipped, tried] >> EmptyOperator(task_id="join")
    tried >> EmptyOperator(task_id="last", trigger_rule="all_done")

with DAG("decided_at_once", start_date=datetime(2024, 1, 1), schedule=None):
    first = PythonOperator(task_id="first", python_callable=fails)
    never = EmptyOperator(task_id="never", trigger_rule="all_skipped")
    behind = EmptyOperator(task_id="behind")
    first >> never >> behind
    first >> behind
    [never, behind] >> EmptyOperator(task_id="join")

with DAG("early_starts", start_date=datetime(2024, 1, 1), schedule=None):
    root = EmptyOperator(task_id="root")
    skipped = PythonOperator(task_id="skipped", python_callable=skips)
    slow = EmptyOperator(task_id="slow")
    early = PythonOperator(task_id="early", python_callable=fails, trigger_rule="one_success")
    root >> [skipped, slow]
    slow >> early
    root >> early
    [skipped, early] >> EmptyOperator(task_id="join")
