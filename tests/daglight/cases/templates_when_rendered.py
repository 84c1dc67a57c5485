from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


class Seen(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def pre_execute(self, context):
        print("pre", self.value, context["ti"].try_number)

    def execute(self, context):
        print("body", self.value)
        if context["ti"].try_number == 1:
            raise ValueError("again")
        return self.value


with DAG("templates_when_rendered", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Seen(task_id="seen", value="{{ ds }}", retries=1, retry_delay=timedelta(seconds=0.1))
    PythonOperator(
        task_id="dict",
        python_callable=lambda templates_dict, **kwargs: [templates_dict["a"], kwargs["x"]],
        templates_dict={"a": "{{ ds }}"},
        op_kwargs={"x": "{{ ts_nodash }}"},
    )
    PythonOperator(
        task_id="shadow", python_callable=lambda ds: ds, op_kwargs={"ds": "mine {{ ds }}"}
    )
    PythonOperator(
        task_id="arguments", python_callable=lambda a, b: [a, b], op_args=["{{ ds }}", 1]
    )
