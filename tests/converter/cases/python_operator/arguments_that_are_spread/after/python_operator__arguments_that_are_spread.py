from prefect import flow, task

options = {"retries": 2}


@task(retries=2, retry_delay_seconds=300)
def hello():
    print("hello")


@flow(name="greet", log_prints=True)
def greet():
    hello()


if __name__ == "__main__":
    greet()
