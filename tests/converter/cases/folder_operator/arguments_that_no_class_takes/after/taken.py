from datetime import datetime

from prefect import flow, task

from airflow_compat import BaseOperator, TaskGraph, airflow_run


class Load(BaseOperator):
    def __init__(self, **kwargs):
        self.table = kwargs.pop("table", "orders")
        super().__init__(**kwargs)

    def execute(self, context):
        print(self.table)


@task
def refused(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `colour`.
    # See `dagferry explain DF301`.
    #   Load(task_id="refused", colour="red")
    raise NotImplementedError("refused: convert the argument colour by hand (DF301)")


@flow(name="taken", log_prints=True)
def taken(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        Load(task_id="load", table="users")
        graph.add(refused)
    return graph.leaves


if __name__ == "__main__":
    taken()
