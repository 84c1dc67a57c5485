from datetime import datetime

from airflow import DAG
from airflow.models import BaseOperator


class Inner:
    template_fields = ("text",)

    def __init__(self, text):
        self.text = text


class Greet(BaseOperator):
    template_fields = ("name", "inner")

    def __init__(self, *, name, suffix="!", inner=None, **kwargs):
        super().__init__(**kwargs)
        self.name = name
        self.suffix = suffix
        self.inner = inner

    def execute(self, context):
        print(self.name)
        return self.name + self.suffix + context["ds"] + (self.inner.text if self.inner else "")


with DAG(
    "templates_custom_operator",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    default_args={"suffix": "?"},
) as dag:
    a = Greet(task_id="a", name="you {{ ds_nodash }}")
    Greet(task_id="b", name=a.output, suffix=".")
