from prefect import flow, task


@task
def hello(*args, **kwargs):
    # dagferry[DF404]: no conversion for a callable that is computed.
    # See `dagferry explain DF404`.
    #   PythonOperator(task_id="hello", python_callable=partial(print, "hello"))
    raise NotImplementedError(
        "hello: convert a callable that is computed by hand (DF404)"
    )


@flow(name="greet", log_prints=True)
def greet():
    hello()


if __name__ == "__main__":
    greet()
