from prefect import flow, task


@task
def hello():
    print("hello")


@flow(name="greet", log_prints=True)
def greet():
    hello()


if __name__ == "__main__":
    greet()
