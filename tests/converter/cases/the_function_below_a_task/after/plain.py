from prefect import flow, task


@task
def double(number):
    return number * 2


@task
def four():
    return double.fn(2)


@flow(name="numbers", log_prints=True)
def numbers():
    double(four())


if __name__ == "__main__":
    numbers()
