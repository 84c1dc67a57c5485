from prefect import flow, task


@task(name="hi")
def hello(name="you"):
    print("hello", name)


@flow(name="greet", log_prints=True)
def greet():
    hello("world")


if __name__ == "__main__":
    greet()
