from datetime import datetime

from airflow import DAG
from airflow.models import BaseOperator


class Rows(BaseOperator):
    def execute(self, context):
        yield 1


class Prepared(BaseOperator):
    def prepare_template(self):
        self.text = "prepared"

    def execute(self, context):
        print(self.text)


class Good(BaseOperator):
    def execute(self, context):
        print("good")


with DAG("rows", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    Rows(task_id="rows") >> Prepared(task_id="prepared") >> Good(task_id="good")
