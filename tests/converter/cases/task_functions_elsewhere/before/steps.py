from airflow.decorators import task


@task(retries=1)
def read():
    return 3


@task
def show(number, unit="cm"):
    print(number, unit)
