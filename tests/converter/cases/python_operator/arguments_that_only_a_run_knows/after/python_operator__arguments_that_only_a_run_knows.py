from prefect import flow, task

options = dict(enumerate("ab"))


def hello():
    print("hello")


@task(name="hello")
def hello_task(*args, **kwargs):
    # dagferry[DF303]: arguments spread with `**` has no conversion.
    # See `dagferry explain DF303`.
    #   PythonOperator(task_id="hello", python_callable=hello, **options)
    raise NotImplementedError("hello: convert arguments spread with ** by hand (DF303)")


@flow(name="greet", log_prints=True)
def greet():
    hello_task()


if __name__ == "__main__":
    greet()
