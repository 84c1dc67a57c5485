from datetime import datetime

from airflow import DAG
from airflow.models import BaseOperator


class Redefines(BaseOperator):
    template_fields = ("text",)
    owner = "class"
    queue = "class"

    def __init__(self, text="{{ task.owner }} {{ task.queue }} {{ task.pool }}", **kwargs):
        super().__init__(**kwargs)
        self.text = text

    def execute(self, context):
        return [self.owner, self.queue, self.pool, self.priority_weight, self.doc_md]


class Below(Redefines):
    pool = "class"


class Early(BaseOperator):
    def __init__(self, queue, **kwargs):
        self.queue = queue
        super().__init__(**kwargs)

    def execute(self, context):
        return self.queue


class Late(Early):
    def __init__(self, queue, **kwargs):
        super().__init__(queue=queue, **kwargs)
        self.queue = queue


class Changes(BaseOperator):
    def execute(self, context):
        self.doc_md = "changed"
        return [context["task"].doc_md, context["dag"].get_task(self.task_id).doc_md]


with DAG(
    "options_of_classes",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    default_args={"owner": "dag"},
):
    Redefines(task_id="redefines")
    Redefines(task_id="given", queue="own", owner="own")
    Below(task_id="below")
    Early(task_id="early", queue="mine")
    Late(task_id="late", queue="mine")
    Changes(task_id="changes")
