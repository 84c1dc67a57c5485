from prefect import flow, task

from airflow_compat import TaskGraph

KEYWORDS = {"y": [1]}


@task
def numbers():
    return [1, 2, 3]


@task
def add(x, y=0):
    return x + y


@task
def say(*args, **kwargs):
    # dagferry[DF701]: no conversion for `@task.bash`. See `dagferry explain DF701`.
    #   @task.bash
    #   def say(word):
    #       return f"echo {word}"
    raise NotImplementedError("say: convert @task.bash by hand (DF701)")


@task(name="map")
def map_task(*args, **kwargs):
    # dagferry[DF701]: no conversion for dynamic task mapping over `numbers().map`.
    # See `dagferry explain DF701`.
    #   add.override(task_id="map").expand(x=numbers().map(lambda x: x + 1))
    raise NotImplementedError(
        "map: convert dynamic task mapping over numbers().map by hand (DF701)"
    )


@task(name="zip")
def zip_task(*args, **kwargs):
    # dagferry[DF701]: no conversion for dynamic task mapping over `numbers().zip`.
    # See `dagferry explain DF701`.
    #   add.override(task_id="zip").expand(x=numbers().zip(numbers()))
    raise NotImplementedError(
        "zip: convert dynamic task mapping over numbers().zip by hand (DF701)"
    )


@task
def limit(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `max_active_tis_per_dag` of a mapped task.
    # See `dagferry explain DF301`.
    #   add.override(task_id="limit", max_active_tis_per_dag=1).expand(x=[1, 2])
    raise NotImplementedError(
        "limit: convert the argument max_active_tis_per_dag of a mapped task by hand (DF301)",
    )


@task
def index(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `map_index_template`.
    # See `dagferry explain DF301`.
    #   add.override(task_id="index", map_index_template="{{ task.op_kwargs['x'] }}").expand(x=[1])
    raise NotImplementedError(
        "index: convert the argument map_index_template by hand (DF301)"
    )


@task(name="add")
def add_task(*args, **kwargs):
    # dagferry[DF701]: no conversion for dynamic task mapping with a `partial` that stands elsewhere.
    # See `dagferry explain DF701`.
    #   begun.expand(x=[1, 2])
    raise NotImplementedError(
        "add: convert dynamic task mapping with a partial that stands elsewhere by hand (DF701)",
    )


@task
def spread(*args, **kwargs):
    # dagferry[DF701]: no conversion for dynamic task mapping with arguments that are not named.
    # See `dagferry explain DF701`.
    #   add.override(task_id="spread").expand(x=[1], **KEYWORDS)
    raise NotImplementedError(
        "spread: convert dynamic task mapping with arguments that are not named by hand (DF701)",
    )


@task(name="say")
def say_task(*args, **kwargs):
    # dagferry[DF701]: no conversion for dynamic task mapping of `@task.bash`.
    # See `dagferry explain DF701`.
    #   say.expand(word=["a", "b"])
    raise NotImplementedError(
        "say: convert dynamic task mapping of @task.bash by hand (DF701)"
    )


@flow(name="later", log_prints=True)
def later():
    with TaskGraph() as graph:
        graph.add(
            map_task,
            graph.add(
                numbers, unique=True
            ).map(lambda x: x + 1),
        )
        graph.add(
            zip_task,
            graph.add(
                numbers, unique=True
            ).zip(graph.add(
                numbers, unique=True
            )),
        )
        graph.add(limit)
        graph.add(index)
        begun = add.override(task_id="kept").partial(y=1)
        graph.add(add_task)
        graph.add(spread)
        graph.add(say_task)
    return graph.leaves


if __name__ == "__main__":
    later()
