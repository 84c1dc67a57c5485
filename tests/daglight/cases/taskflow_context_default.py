from datetime import datetime

from airflow.decorators import dag, task


@dag(start_date=datetime(2024, 1, 1), schedule=None)
def taskflow_context_default():
    @task
    def f(ds="x"):
        return ds

    f()


taskflow_context_default()
