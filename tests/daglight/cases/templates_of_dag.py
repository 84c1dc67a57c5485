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
    "templates_of_dag",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    description="words",
    tags=["b"],
    default_args={"owner": "me", "email": ["a@b.c"], "retries": 0},
    params={"p": 1},
    catchup=False,
    doc_md="doc",
) as dag:
    for name in (
        "dag.dag_id",
        "dag.description",
        "dag.tags | list",
        "dag.owner",
        "dag.catchup",
        "dag.max_active_runs",
        "dag.start_date",
        "dag.params['p']",
        "dag.default_args",
        "dag.task_ids",
        "dag.timezone",
        "dag.doc_md",
        "task.task_id",
        "task.owner",
        "task.retries",
        "task.email",
        "task.pool",
        "task.queue",
        "task.task_type",
        "task.trigger_rule",
        "task.start_date",
        "task.upstream_task_ids",
        "task.depends_on_past",
        "task.priority_weight",
        "task.label",
        "task.doc_md",
        "dag.dag_display_name",
    ):
        Show(task_id="".join(c if c.isalnum() else "_" for c in name), value="{{ " + name + " }}")
