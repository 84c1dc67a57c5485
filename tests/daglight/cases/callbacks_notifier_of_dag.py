from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

try:
    from airflow.sdk import BaseNotifier
except ImportError:
    from airflow.notifications.basenotifier import BaseNotifier


class Notify(BaseNotifier):
    template_fields = ("message",)

    def __init__(self, message, suffix="!"):
        super().__init__()
        self.message, self.suffix = message, suffix

    def notify(self, context):
        name = context["ti"].task_id if "ti" in context else "none"
        with open(f"{name}.log", "a") as log:
            log.write(f"{self.message}{self.suffix}\n")


with DAG(
    "callbacks_notifier_of_dag",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    on_success_callback=Notify("done {{ dag.dag_id }} {{ greet }}"),
    user_defined_macros={"greet": "hi"},
) as dag:
    PythonOperator(task_id="a", python_callable=lambda: 1)
