from prefect import flow, task

from airflow_compat import TaskGraph, TaskGroup

TRIES = {"retries": 3, "trigger_rule": "all_done"}


@task
def fail():
    raise ValueError("once more")


@task(name="of_task")
def work():
    print("work")


@flow(name="grouped", log_prints=True)
def grouped():
    with TaskGraph() as graph:
        of_dag = graph.add(
            fail.with_options(name="of_dag", retries=1, retry_delay_seconds=0)
        )
        with TaskGroup("outer", default_args=TRIES) as outer:
            graph.add(
                fail.with_options(name="of_outer", retries=3, retry_delay_seconds=0),
                trigger_rule="all_done",
            )
            with TaskGroup("inner", default_args={"retries": 2}) as inner:
                graph.add(
                    fail.with_options(
                        name="of_inner", retries=2, retry_delay_seconds=0
                    ),
                    trigger_rule="all_done",
                )
                graph.add(work, trigger_rule="one_failed")
        of_dag >> outer
    return graph.leaves


if __name__ == "__main__":
    grouped()
