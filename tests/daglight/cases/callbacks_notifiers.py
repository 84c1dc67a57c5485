from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


def note(event):
    def write(context):
        ti = context["ti"]
        state = "" if event == "execute" else getattr(ti.state, "value", ti.state)
        with open(f"{ti.task_id}.log", "a") as log:
            log.write(
                f"{event} try={ti.try_number} {state} {type(context.get('exception')).__name__} {context.get('exception')}\n"
            )

    write.__name__ = f"note_{event}"
    return write


def fail(*args, **kwargs):
    raise ValueError("bad")


ALL = {
    f"on_{event}_callback": note(event)
    for event in ("execute", "success", "failure", "retry", "skipped")
}

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


with DAG("callbacks_notifiers", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(
        task_id="a",
        python_callable=lambda: 1,
        on_success_callback=Notify("{{ ds }} {{ ti.task_id }}"),
    )
    PythonOperator(
        task_id="b",
        python_callable=fail,
        on_failure_callback=[Notify("{{ dag.dag_id }}"), Notify("second", suffix="?")],
    )
    PythonOperator(
        task_id="c", python_callable=lambda: 1, on_success_callback=Notify("{{ nobody }}")
    )
    PythonOperator(
        task_id="d",
        python_callable=lambda: 1,
        on_execute_callback=Notify("execute"),
        params={"p": 1},
    )
