# options: {"versions": [3]}
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


with DAG(
    "templates_native_of_task", start_date=datetime(2024, 1, 1), schedule=None, params={"n": 3}
) as dag:
    Show(task_id="native", value="{{ params.n }}", render_template_as_native_obj=True)
    Show(task_id="text", value="{{ params.n }}")
