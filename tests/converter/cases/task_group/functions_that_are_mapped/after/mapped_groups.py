from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, task_group


@task
def show(value):
    print(value)


@task_group
def shown(value):
    TaskGraph.current().add(show, value)


@flow(name="groups_of_a_list", log_prints=True)
def groups_of_a_list():
    # dagferry[DF501]: no conversion for `shown.expand`. See `dagferry explain DF501`.
    #   @dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
    #   def groups_of_a_list():
    #       shown.expand(value=[1, 2])
    raise NotImplementedError("groups_of_a_list: convert shown.expand by hand (DF501)")


@flow(name="other_names", log_prints=True)
def other_names():
    # dagferry[DF501]: no conversion for `shown.override`. See `dagferry explain DF501`.
    #   @dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
    #   def other_names():
    #       shown.override(group_id="other")(1)
    raise NotImplementedError("other_names: convert shown.override by hand (DF501)")


@flow(name="plain", log_prints=True)
def plain(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    with TaskGraph(run) as graph:
        shown(1)
    return graph.leaves


if __name__ == "__main__":
    groups_of_a_list()
    other_names()
    plain()
