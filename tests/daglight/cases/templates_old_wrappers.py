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
    "templates_old_wrappers", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False
) as dag:
    PythonOperator(
        task_id="iso",
        python_callable=lambda logical_date: [
            logical_date.isoformat(),
            logical_date.to_date_string(),
            logical_date.format("YYYY/MM"),
            logical_date.add(days=1).to_date_string(),
            logical_date.subtract(months=1).to_date_string(),
            logical_date.day_of_week == 1,
            logical_date.start_of("month").to_date_string(),
            logical_date.int_timestamp,
        ],
    )
    Show(task_id="strftime", value="{{ logical_date.strftime('%d %b') }} {{ logical_date.year }}")
    Show(
        task_id="shifted",
        value="{{ (logical_date - macros.timedelta(days=1)).strftime('%Y%m%d') }}",
    )
    Show(task_id="added", value="{{ logical_date.add(days=2) | ds }}")
    Show(task_id="zoned", value="{{ logical_date.in_timezone('Europe/Berlin').isoformat() }}")
    Show(task_id="interval", value="{{ data_interval_start | ds }} {{ data_interval_end | ds }}")
