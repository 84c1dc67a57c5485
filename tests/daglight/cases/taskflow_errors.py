from datetime import datetime

from airflow.decorators import dag, task


@dag(start_date=datetime(2024, 1, 1), schedule=None)
def taskflow_errors():
    @task(multiple_outputs=True)
    def no_dict():
        return [1]

    @task(multiple_outputs=True)
    def bad_keys():
        return {1: 2}

    @task(multiple_outputs=True)
    def nothing():
        return None

    @task
    def leaves(code):
        raise SystemExit(code)

    @task
    def raises():
        raise KeyError("x")

    no_dict()
    bad_keys()
    nothing()
    leaves(0)
    leaves(3)
    leaves(None)
    raises()


taskflow_errors()
