from datetime import datetime

from airflow.decorators import dag, task


@dag(start_date=datetime(2024, 1, 1), schedule=None)
def taskflow_bad_call():
    @task
    def f(x):
        return x

    f(1, z=2)


taskflow_bad_call()
