from datetime import datetime

from prefect import flow, task

A = {"start_date": datetime(2024, 1, 1), "schedule": None, "catchup": False}


@task
def t():
    return 1


@flow(name="first", log_prints=True)
def first():
    # dagferry[DF501]: no conversion for `the_dag.leaves`. See `dagferry explain DF501`.
    #   @dag(**A)
    #   def first():
    #       t()
    #   the_dag.leaves[0] >> t()
    raise NotImplementedError("first: convert the_dag.leaves by hand (DF501)")


the_dag = first


@flow(name="good", log_prints=True)
def good():
    t()


if __name__ == "__main__":
    first()
    good()
