from prefect import task


@task
def read():
    return 3


@task
def show(number, unit="cm"):
    print(number, unit)
