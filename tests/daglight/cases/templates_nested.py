from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG("templates_nested", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Show(
        task_id="deep",
        value={
            "{{ ds }}": ["{{ ds }}", ("{{ ds_nodash }}", {"k": {"{{ 1 }}"}})],
            "n": 1,
            "none": None,
        },
    )
    Show(task_id="kept", value=[1, 2.5, True, b"{{ ds }}", datetime(2024, 1, 1)])
    Show(task_id="empty", value="")
    Show(task_id="newlines", value="a\n{{ 1 }}\n\n")
    Show(task_id="crlf", value="a\r\nb {{ 1 }}\r\n")
