"""Edges in all their spellings."""

from prefect import flow, task


@task
def a():
    """Marks a place in the graph and does nothing."""


@task
def b():
    """Marks a place in the graph and does nothing."""


@task
def c():
    """Marks a place in the graph and does nothing."""


@task
def d():
    """Marks a place in the graph and does nothing."""


@task
def e():
    """Marks a place in the graph and does nothing."""


@task
def f():
    """Marks a place in the graph and does nothing."""


@task
def g():
    """Marks a place in the graph and does nothing."""


@task
def h():
    """Marks a place in the graph and does nothing."""


@flow(name="many_edges", log_prints=True)
def many_edges():
    a_run = a.submit()
    b_run = b.submit(wait_for=[a_run])
    c_run = c.submit(wait_for=[a_run])
    d_run = d.submit(wait_for=[b_run, c_run])
    e_run = e.submit(wait_for=[b_run, c_run])
    f_run = f.submit(wait_for=[b_run, c_run])
    g_run = g.submit(wait_for=[e_run, f_run])
    h_run = h.submit(wait_for=[a_run, d_run, g_run])
    return [h_run]


if __name__ == "__main__":
    many_edges()
