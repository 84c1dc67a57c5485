import os
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import dag
from airflow.operators.python import PythonOperator

NAME = "What it is for."
KW = {"start_date": datetime(2024, 1, 1), "catchup": False, "schedule": "@daily", "tags": ["shop"]}


def work():
    return 1


def notify(context):
    print(context["dag"].dag_id)


with DAG("spread", description=NAME, **KW):
    PythonOperator(task_id="work", python_callable=work)

with DAG(
    "many",
    template_searchpath="/templates",
    render_template_as_native_obj=True,
    user_defined_macros={"shout": str.upper},
    on_success_callback=notify,
    default_view="graph",
    dagrun_timeout=timedelta(hours=int(os.environ.get("HOURS", "1"))),
    is_paused_upon_creation=True,
    a_new_argument=1,
    **KW,
):
    PythonOperator(task_id="work", python_callable=work)

with DAG("words", description=os.environ.get("WORDS"), start_date=KW["start_date"], schedule=None, tags=os.environ.get("TAGS", "").split()):
    PythonOperator(task_id="work", python_callable=work)

with DAG("runs", **dict(os.environ)):
    PythonOperator(task_id="work", python_callable=work)

WHEN = "@hourly"


@dag(schedule=WHEN, start_date=datetime(2024, 1, 1), catchup=False, description=NAME)
def decorated():
    PythonOperator(task_id="work", python_callable=work)


WHEN = "@daily"
decorated()
