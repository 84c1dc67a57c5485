from prefect import flow, task

from airflow_compat import TaskGraph, mapped


@task
def rows():
    return [1]


@task
def heavy(*args, **kwargs):
    # dagferry[DF701]: no conversion for `@task.kubernetes`.
    # See `dagferry explain DF701`.
    #   @task.kubernetes(image="python:3.11")
    #   def heavy(found):
    #       return found
    raise NotImplementedError("heavy: convert @task.kubernetes by hand (DF701)")


@task
def last(found):
    return found


@task
def load(*args, **kwargs):
    # dagferry[DF711]: no conversion for `Load`, an operator of your own or of another package.
    # See `dagferry explain DF711`.
    #   Load(task_id="load", sources={"a": first, "b": [second]})
    raise NotImplementedError(
        "load: convert Load, an operator of your own or of another package, by hand (DF711)",
    )


@flow(name="in_order", log_prints=True)
def in_order():
    first = rows.submit()
    second = rows.with_options(name="rows__1").submit()
    load_run = load.submit(first, second)
    return [load_run]


@task(name="rows")
def rows_task(*args, **kwargs):
    # dagferry[DF407]: no conversion for a result that is taken apart without `multiple_outputs`.
    # See `dagferry explain DF407`.
    #   rows()
    raise NotImplementedError(
        "rows: convert a result that is taken apart without multiple_outputs by hand (DF407)",
    )


@task(name="load")
def load_task(*args, **kwargs):
    # dagferry[DF711]: no conversion for `Load`, an operator of your own or of another package.
    # See `dagferry explain DF711`.
    #   Load(task_id="load", sources=[rows(), third["k"]], more=XComArg(third))
    raise NotImplementedError(
        "load: convert Load, an operator of your own or of another package, by hand (DF711)",
    )


@task
def each(*args, **kwargs):
    # dagferry[DF701]: no conversion for dynamic task mapping of an operator.
    # See `dagferry explain DF701`.
    #   Load.partial(task_id="each", first=third).expand(one=[last(row) for row in [third]])
    raise NotImplementedError(
        "each: convert dynamic task mapping of an operator by hand (DF701)"
    )


@flow(name="nested", log_prints=True)
def nested():
    with TaskGraph() as graph:
        graph.add(
            last,
            graph.add(heavy, graph.add(rows, unique=True), unique=True),
            unique=True,
        )
        third = graph.add(rows_task)
        graph.add(
            last,
            graph.add(
                load_task,
                graph.add(rows, unique=True),
                third["k"],
                third,
            ).output,
            unique=True,
        )
        mapped(last, unique=True).expand(found=graph.add(rows, unique=True))
        graph.add(
            each,
            third,
            [graph.add(last, row, unique=True) for row in [third]],
        )
    return graph.leaves


if __name__ == "__main__":
    in_order()
    nested()
