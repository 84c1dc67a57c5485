from datetime import datetime

from airflow import DAG
from airflow.decorators import task

DAYS = ["{{ ds }}", "{{ macros.ds_add(ds, 1) }}"]


@task
def texts():
    return ["{{ ds }}", "plain"]


@task
def show(word, other=None):
    print(word, other)
    return word


with DAG("templates", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    show.partial(other="{{ ds_nodash }}").expand(word=["{{ ts }}", "plain"])
    show.expand(word=DAYS, other=texts())
    show.expand(word={"today": "{{ ds }}"})
