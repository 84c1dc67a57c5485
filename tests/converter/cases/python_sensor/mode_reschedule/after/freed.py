from datetime import datetime

from prefect import flow

from airflow_compat import PythonSensor, TaskGraph, airflow_run

asked = []


def tell(context):
    print("told")


def ready():
    asked.append(1)
    return len(asked) > 1


@flow(name="freed", log_prints=True)
def freed(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        PythonSensor(
            task_id="freed", python_callable=ready, poke_interval=0.1, mode="reschedule"
        )
        PythonSensor(
            task_id="timed",
            python_callable=lambda: True,
            mode="reschedule",
            execution_timeout=60,
            on_execute_callback=[tell],
        )
    return graph.leaves


if __name__ == "__main__":
    freed()
