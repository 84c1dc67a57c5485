from prefect import flow, task

from plain import double


@flow(name="doubles", log_prints=True)
def doubles():
    task(double, name="double")(4)


if __name__ == "__main__":
    doubles()
