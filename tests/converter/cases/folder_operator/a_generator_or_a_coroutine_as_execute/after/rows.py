from datetime import datetime

from prefect import flow, task

from airflow_compat import BaseOperator, TaskGraph, airflow_run


class Rows(BaseOperator):
    def execute(self, context):
        yield 1


class Prepared(BaseOperator):
    def prepare_template(self):
        self.text = "prepared"

    def execute(self, context):
        print(self.text)


class Good(BaseOperator):
    def execute(self, context):
        print("good")


@task(name="rows")
def rows_task(*args, **kwargs):
    # dagferry[DF411]: no conversion for `execute`, a generator.
    # See `dagferry explain DF411`.
    #   Rows(task_id="rows")
    raise NotImplementedError("rows: convert execute, a generator, by hand (DF411)")


@task
def prepared(*args, **kwargs):
    # dagferry[DF410]: no conversion for `prepare_template`, which a flow never calls.
    # See `dagferry explain DF410`.
    #   Prepared(task_id="prepared")
    raise NotImplementedError(
        "prepared: convert prepare_template, which a flow never calls, by hand (DF410)"
    )


@flow(name="rows", log_prints=True)
def rows(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(rows_task) >> graph.add(prepared) >> Good(task_id="good")
    return graph.leaves


if __name__ == "__main__":
    rows()
