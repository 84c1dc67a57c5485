from prefect import flow, task

from airflow_compat import TaskGraph, TaskGroup, chain, cross_downstream


@task(name="start")
def start_task():
    """Marks a place in the graph and does nothing."""


@task(name="end")
def end_task():
    """Marks a place in the graph and does nothing."""


@task(name="one")
def one_task():
    """Marks a place in the graph and does nothing."""


@task(name="two")
def two_task():
    """Marks a place in the graph and does nothing."""


@task(name="three")
def three_task():
    """Marks a place in the graph and does nothing."""


@task(name="four")
def four_task():
    """Marks a place in the graph and does nothing."""


@task
def five():
    """Marks a place in the graph and does nothing."""


@task
def six():
    """Marks a place in the graph and does nothing."""


@flow(name="grouped", log_prints=True)
def grouped():
    with TaskGraph() as graph:
        start = graph.add(start_task)
        end = graph.add(end_task)
        with TaskGroup("first") as first:
            one = graph.add(one_task)
            two = graph.add(two_task)
            three = graph.add(three_task)
            one >> [two, three]
        with TaskGroup("second") as second:
            four = graph.add(four_task)
            with TaskGroup("within") as within:
                graph.add(five) >> graph.add(six)
            four >> within
        with TaskGroup("nothing") as nothing:
            pass

        start >> first >> second >> end
        chain(start, [first, second], end)
        start >> nothing >> end
        within << two
        second.set_upstream(three)
        cross_downstream([first, start], [within, end])
    return graph.leaves


if __name__ == "__main__":
    grouped()
