from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


class Renders(BaseOperator):
    def execute(self, context):
        return [
            self.render_template("{{ ds }} {{ 1 + 1 }}", context),
            self.render_template({"k": ["{{ ds }}"]}, context),
        ]


def by_task(**context):
    return context["task"].render_template("{{ ti.task_id }}", context)


def environment(**context):
    env = context["task"].get_template_env()
    return env.from_string("{{ x }}").render(x=1)


with DAG("templates_in_bodies", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Renders(task_id="renders")
    PythonOperator(task_id="by_task", python_callable=by_task)
    PythonOperator(task_id="environment", python_callable=environment)
