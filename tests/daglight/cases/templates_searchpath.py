from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


class Show(BaseOperator):
    template_fields = ("value",)
    template_ext = (".txt",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


from pathlib import Path

here = Path(__file__).parent
for folder in ("first", "second"):
    (here / folder).mkdir(exist_ok=True)
    (here / folder / "both.txt").write_text("both of " + folder)
    (here / folder / f"{folder}.txt").write_text(folder + " {{ ds }}")
(here / "both.txt").write_text("both of the folder itself")

with DAG(
    "templates_searchpath",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    template_searchpath=[str(here / "second"), str(here / "first")],
) as dag:
    Show(task_id="both", value="both.txt")
    Show(task_id="first", value="first.txt")
    Show(task_id="second", value="second.txt")
    Show(task_id="absolute", value=str(here / "first" / "first.txt"))
