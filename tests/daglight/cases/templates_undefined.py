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


with DAG("templates_undefined", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Show(task_id="name", value="{{ nobody }}")
    Show(task_id="attribute", value="{{ params.nobody }}")
    Show(task_id="of_method", value="{{ ds.nobody }}")
    Show(task_id="default_filter", value="{{ nobody | default('d') }}")
    Show(task_id="is_defined", value="{% if nobody is defined %}yes{% else %}no{% endif %}")
    Show(task_id="unknown_filter", value="{{ ds | nobody }}")
    Show(task_id="syntax", value="{{ ds ")
