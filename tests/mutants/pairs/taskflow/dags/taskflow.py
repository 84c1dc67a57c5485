from datetime import datetime

from airflow.decorators import dag, task


@dag(start_date=datetime(2023, 1, 1), schedule=None, params={"limit": 3})
def taskflow():
    @task
    def numbers(limit):
        return list(range(1, int(limit) + 1))

    @task(multiple_outputs=True)
    def bounds(values):
        return {"low": min(values), "high": max(values)}

    @task
    def spread(high, low, unit="cm"):
        print(f"{high - low} {unit}")
        return high - low

    found = bounds(numbers("{{ params.limit }}"))
    spread(found["high"], low=found["low"])


taskflow()
