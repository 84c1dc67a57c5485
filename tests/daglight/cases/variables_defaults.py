# options: {"variables": {"plain": "text", "number": 5}}
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

NAME = "default_var"


def body():
    return [
        attempt(Variable.get, "absent", **{NAME: "d"}),
        attempt(Variable.get, "absent", **{NAME: None}),
        attempt(Variable.get, "absent", deserialize_json=True, **{NAME: {"k": 1}}),
        attempt(Variable.get, "plain", **{NAME: "d"}),
        attempt(Variable.get, "absent").split(":")[0],
        attempt(Variable.get, "plain", deserialize_json=True),
        attempt(Variable.get, "number", deserialize_json=True),
        attempt(Variable.get, "absent", "d"),
    ]


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG("variables_defaults", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="a", python_callable=body)
    Show(
        task_id="value_get",
        value="{{ var.value.get('absent', 'd') }} {{ var.value.get('absent') }}",
    )
    Show(task_id="json_get", value="{{ var.json.get('absent', {'k': 1}) }}")
    Show(task_id="json_of_text", value="{{ var.json.plain }}")
    Show(task_id="json_absent", value="{{ var.json.absent }}")
