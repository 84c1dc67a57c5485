from datetime import datetime

from airflow import DAG
from airflow.decorators import task


@task
def settings():
    return [{"word": "a", "number": 1}, {"word": "{{ ds }}"}]


@task
def pair(word, number=0, end="."):
    print(word, number, end)
    return f"{word}{number}{end}"


with DAG("kwargs", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    pair.expand_kwargs([{"word": "a"}, {"word": "{{ ds }}", "number": 2}])
    pair.partial(end="!").expand_kwargs(settings())
