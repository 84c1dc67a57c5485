from prefect import flow, task


@task
def count():
    return 3


@task
def show(number):
    print(number)


@flow(name="first", log_prints=True)
def first():
    number = count()
    show(number)


@flow(name="second", log_prints=True)
def second():
    number = count.submit()
    show_left = show.with_options(name="show_left").submit(number)
    show_right = show.with_options(name="show_right").submit(number)
    return [show_left, show_right]


if __name__ == "__main__":
    first()
    second()
