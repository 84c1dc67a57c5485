from prefect import flow, task


@task
def count():
    return 3


@task
def show(word="times", *, number):
    print(number, word)


@flow(name="counting", log_prints=True)
def counting():
    number = count()
    show(number=number)


if __name__ == "__main__":
    counting()
