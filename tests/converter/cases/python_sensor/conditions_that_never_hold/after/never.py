from prefect import flow, task

from airflow_compat import AirflowSkipException, PythonSensor, TaskGraph


def fail():
    raise ValueError("poked")


def skip():
    raise AirflowSkipException("not today")


soon = {"poke_interval": 0.1, "timeout": 0.3}


@task
def empty():
    """Marks a place in the graph and does nothing."""


@flow(name="never", log_prints=True)
def never():
    with TaskGraph() as graph:
        fails = PythonSensor(
            task_id="fails",
            python_callable=lambda: False,
            poke_interval=0.1,
            timeout=0.3,
            retries=2,
            retry_delay=0,
        )
        skips = PythonSensor(
            task_id="skips",
            python_callable=lambda: 0,
            poke_interval=0.1,
            timeout=0.3,
            soft_fail=True,
        )
        PythonSensor(
            task_id="breaks",
            python_callable=fail,
            poke_interval=0.1,
            timeout=0.3,
            retries=1,
            retry_delay=0,
        )
        PythonSensor(
            task_id="silent",
            python_callable=fail,
            poke_interval=0.1,
            timeout=0.3,
            silent_fail=True,
        )
        PythonSensor(
            task_id="never",
            python_callable=fail,
            poke_interval=0.1,
            timeout=0.3,
            never_fail=True,
        )
        PythonSensor(
            task_id="skipped", python_callable=skip, poke_interval=0.1, timeout=0.3
        )
        for sensor in (fails, skips):
            sensor >> graph.add(empty.with_options(name=f"after_{sensor.task_id}"))
    return graph.leaves


if __name__ == "__main__":
    never()
