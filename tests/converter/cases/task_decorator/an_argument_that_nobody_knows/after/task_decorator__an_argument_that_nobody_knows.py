from prefect import flow, task


@task
def hello():
    print("hello")


@task(name="hello")
def hello_task(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `map_index_template`.
    # See `dagferry explain DF301`.
    #   hello()
    raise NotImplementedError(
        "hello: convert the argument map_index_template by hand (DF301)"
    )


@flow(name="greet", log_prints=True)
def greet():
    hello_task()


if __name__ == "__main__":
    greet()
