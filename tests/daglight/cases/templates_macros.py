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


with DAG("templates_macros", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for number, text in enumerate(
        [
            "{{ macros.ds_add(ds, 5) }}",
            "{{ macros.ds_add(ds, -40) }}",
            "{{ macros.ds_format(ds, '%Y-%m-%d', '%d.%m.%y') }}",
            "{{ macros.datetime(2024, 1, 2) }}",
            "{{ macros.timedelta(days=1) }}",
            "{{ logical_date + macros.timedelta(hours=2) }}",
            "{{ macros.datetime.strptime(ds, '%Y-%m-%d').year }}",
            "{{ macros.dateutil.parser.parse('2024-01-02').day }}",
            "{{ (logical_date + macros.dateutil.relativedelta.relativedelta(months=1)) | ds }}",
            "{{ macros.json.dumps({'a': 1}) }}",
            "{{ macros.yaml.safe_load('a: 1').a }}",
            "{{ macros.uuid.UUID(int=1) }}",
            "{{ macros.time.gmtime(0).tm_year }}",
            "{{ macros.random() < 1 }}",
            "{{ macros.nobody }}",
            "{{ macros.ds_format_locale(ds, '%Y-%m-%d', 'EEEE', 'en_US') }}",
        ]
    ):
        Show(task_id=f"m{number}", value=text)
