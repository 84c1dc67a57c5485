from prefect import flow, task


@task
def work():
    return 1


# About the DAG.
@flow(name="orders", log_prints=True)
def orders():
    # About the first.
    work.with_options(name="first")()  # first
    # About the second.
    work.with_options(name="second")()
    # About their order.
    # in order


# About the other DAG.
@flow(name="stock", log_prints=True)
def stock():
    @task
    def count():
        return 2

    # About the count.
    count()
    # The end of the flow.


# The call.
if __name__ == "__main__":
    orders()
    stock()
