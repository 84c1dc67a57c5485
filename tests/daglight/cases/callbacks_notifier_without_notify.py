from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

try:
    from airflow.sdk import BaseNotifier
except ImportError:
    from airflow.notifications.basenotifier import BaseNotifier


def make():
    class Bad(BaseNotifier):
        pass

    return Bad()


with DAG(
    "callbacks_notifier_without_notify", start_date=datetime(2024, 1, 1), schedule=None
) as dag:
    PythonOperator(task_id="a", python_callable=lambda: 1, on_success_callback=make())
