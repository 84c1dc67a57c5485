"""One callable for several tasks: it stays one function, called under several names."""

from prefect import flow, task


@task
def check(table, limit=10):
    print(f"check {table} against {limit}")
    return limit


@task
def report():
    print("all checked")


@flow(name="same_work_twice", log_prints=True)
def same_work_twice():
    check_customers = check.with_options(name="check_customers").submit(
        table="customers"
    )
    check_orders = check.with_options(name="check_orders").submit("orders", 20)
    report_run = report.submit(wait_for=[check_customers, check_orders])
    return [report_run]


if __name__ == "__main__":
    same_work_twice()
