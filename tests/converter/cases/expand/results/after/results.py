from prefect import flow, task

from airflow_compat import TaskGraph, TaskGroup, mapped

WORDS = ["a", "b"]


@task
def numbers():
    return [1, 2, 3]


@task
def nothing():
    return []


@task
def names():
    return {"one": 1, "two": 2}


@task
def double(x):
    return x * 2


@task
def pair(word, number):
    return f"{word}{number}"


@task
def total(values):
    return sum(values)


@task
def show(ti):
    print(list(ti.xcom_pull(task_ids="group.double")))


@flow(name="results", log_prints=True)
def results():
    with TaskGraph() as graph:
        with TaskGroup("group") as group:
            doubled = mapped(double).expand(x=graph.add(numbers))
        group >> graph.add(show)
        graph.add(
            total,
            mapped(double).expand(x=doubled),
            unique=True,
            trigger_rule="all_done",
        )
        mapped(pair, unique=True).expand(word=WORDS, number=doubled)
        mapped(pair, unique=True).partial(number=2).expand(word=graph.add(names))
        graph.add(
            total,
            mapped(double.with_options(name="no_run")).expand(x=graph.add(nothing)),
            unique=True,
            trigger_rule="all_done",
        )
        listed = graph.add(task(lambda: [5, 6], name="listed"))
        mapped(double.with_options(name="of_an_operator")).expand(x=listed.output)
        for word in WORDS:
            mapped(pair.with_options(name=f"pair_{word}"), unique=True).partial(
                word=word
            ).expand(
                number=[1, 2]
            )
    return graph.leaves


if __name__ == "__main__":
    results()
