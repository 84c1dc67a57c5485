from prefect import flow, task


@task(name="extract")
def extract_task(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `nonsense`.
    # See `dagferry explain DF301`.
    #   extract()
    raise NotImplementedError("extract: convert the argument nonsense by hand (DF301)")


@flow(name="inner", log_prints=True)
def inner():
    @task
    def extract():
        return 1

    @task
    def load(rows):
        print(rows)

    load(extract_task())


if __name__ == "__main__":
    inner()
