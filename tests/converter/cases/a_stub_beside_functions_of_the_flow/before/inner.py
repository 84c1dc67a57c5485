from datetime import datetime

from airflow.decorators import dag, task


@dag(start_date=datetime(2024, 1, 1), schedule=None)
def inner():
    @task(nonsense=1)
    def extract():
        return 1

    @task
    def load(rows):
        print(rows)

    load(extract())


inner()
