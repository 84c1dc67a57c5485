from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


class Missing(BaseOperator):
    template_fields = ("nothing",)

    def execute(self, context):
        return 1


class Text(BaseOperator):
    template_fields = "value"

    def __init__(self, *, value, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


class Listed(BaseOperator):
    template_fields = ["value"]

    def __init__(self, *, value, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


class More(Listed):
    template_fields = [*Listed.template_fields, "other"]

    def __init__(self, *, other, **kwargs):
        super().__init__(**kwargs)
        self.other = other

    def execute(self, context):
        return self.value + self.other


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG("templates_fields_odd", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Missing(task_id="missing")
    Text(task_id="text", value="{{ ds }}")
    Listed(task_id="listed", value="{{ ds }}")
    More(task_id="inherited", value="{{ ds }}", other="{{ ds_nodash }}")
    Show(task_id="falsy", value=0)
