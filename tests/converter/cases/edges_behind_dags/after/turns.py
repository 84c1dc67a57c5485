from prefect import flow, task


@task
def a():
    """Marks a place in the graph and does nothing."""


@task
def b():
    """Marks a place in the graph and does nothing."""


@flow(name="forth", log_prints=True)
def forth():
    a()
    b()


@task(name="b")
def b_task():
    """Marks a place in the graph and does nothing."""


@task(name="a")
def a_task():
    """Marks a place in the graph and does nothing."""


@flow(name="back", log_prints=True)
def back():
    b_task()
    a_task()


@task(name="a")
def a_task_2():
    """Marks a place in the graph and does nothing."""


@task(name="b")
def b_task_2():
    """Marks a place in the graph and does nothing."""


@flow(name="third", log_prints=True)
def third():
    a_task_2()
    b_task_2()


@task(name="b")
def b_task_3():
    """Marks a place in the graph and does nothing."""


@task(name="a")
def a_task_3():
    """Marks a place in the graph and does nothing."""


@flow(name="fourth", log_prints=True)
def fourth():
    b_task_3()
    a_task_3()


if __name__ == "__main__":
    forth()
    back()
    third()
    fourth()
