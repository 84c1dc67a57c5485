from airflow_compat import TaskGraph, airflow_run, branch
from prefect import flow, task


@task
def choose():
    return ["left", "middle"]


@task
def left(ti):
    ti.xcom_push(key="side", value="left")
    ti.xcom_push(key="length", value=3)


@task
def middle():
    raise RuntimeError("stuck in the middle")


@task
def right():
    print("right")


@task
def join(**context):
    ti = context["ti"]
    print(f"{ti.task_id}: {ti.xcom_pull(task_ids='left', key='side')}")
    print(ti.xcom_pull(task_ids="right"), ti.xcom_pull(task_ids="middle"))
    return ti.xcom_pull(task_ids="left", key="length")


@task
def strict():
    pass


@task
def behind():
    pass


@task
def end():
    pass


@flow(name="graphed", log_prints=True)
def graphed():
    with TaskGraph(airflow_run()) as graph:
        chosen = graph.add(branch(choose))
        sides = [graph.add(call) for call in (left, middle, right)]
        joined = graph.add(join, trigger_rule="one_success")
        strictly = graph.add(strict)
        stuck = graph.add(behind)
        last = graph.add(end, trigger_rule="all_done")
        chosen >> sides >> joined
        [sides[0], sides[2]] >> strictly
        sides[1] >> stuck
        [joined, strictly, stuck] >> last
    return graph.leaves


if __name__ == "__main__":
    graphed()
