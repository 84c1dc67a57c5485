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


def writes():
    Variable.set("w1", "one")
    Variable.set("w2", {"k": 2}, serialize_json=True)
    Variable.set("w1", "two", description="words")


def deletes():
    Variable.delete("w1")
    Variable.delete("w2")
    return attempt(Variable.get, "w1").split(":")[0]


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG("variables_written", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    first = PythonOperator(task_id="first", python_callable=writes)
    second = PythonOperator(
        task_id="second",
        python_callable=lambda: [Variable.get("w1"), Variable.get("w2", deserialize_json=True)],
    )
    third = Show(task_id="third", value="{{ var.value.w1 }} {{ var.json.w2.k }}")
    last = PythonOperator(task_id="last", python_callable=deletes)
    first >> second >> third >> last
