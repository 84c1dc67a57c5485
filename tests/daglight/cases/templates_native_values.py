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
    "templates_native_values",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    render_template_as_native_obj=True,
    params={"n": 3, "l": [1, "a"], "d": {"k": [1]}},
) as dag:
    Show(task_id="number", value="{{ params.n }}")
    Show(task_id="sum", value="{{ params.n + 1 }}")
    Show(task_id="listed", value="{{ params.l }}")
    Show(task_id="dict", value="{{ params.d }}")
    Show(task_id="text_of_list", value="[1, {{ params.n }}]")
    Show(task_id="text", value="n is {{ params.n }}")
    Show(task_id="day", value="{{ ds }}")
    Show(task_id="day_nodash", value="{{ ds_nodash }}")
    Show(task_id="plain_number", value="12")
    Show(task_id="plain_list", value="[1, 2]")
    Show(task_id="none", value="{{ none }}")
    Show(task_id="truth", value="{{ params.n > 1 }}")
    Show(task_id="zeros", value="{{ '007' }}")
    Show(task_id="moment", value="{{ logical_date }}")
    Show(task_id="nested", value={"k": ["{{ params.n }}"]})
    Show(task_id="xcom", value="{{ ti.xcom_pull('listed') }}") << dag.get_task("listed")
