# options: {"env": {"AIRFLOW_VAR_PLAIN": "of env", "AIRFLOW_VAR_DATA": "{\"k\": [1, 2]}", "AIRFLOW_VAR_BOTH": "env wins", "AIRFLOW_VAR_EMPTY": ""}, "variables": {"both": "stored"}}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


from airflow.models import Variable


def body():
    return [
        Variable.get("plain"),
        Variable.get("Plain"),
        Variable.get("data", deserialize_json=True),
        Variable.get("both"),
        Variable.get("empty"),
        Variable.get("data"),
    ]


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG("variables_environment", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Show(
        task_id="value",
        value="{{ var.value.plain }} {{ var.value.PLAIN }} {{ var.json.data.k }} {{ var.value.both }} [{{ var.value.empty }}]",
    )
    PythonOperator(task_id="body", python_callable=body)
