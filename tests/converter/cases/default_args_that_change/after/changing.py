from prefect import flow, task


def load():
    print("load")


RETRIES = int("1")
default_args = {"retries": RETRIES}


@task(name="load")
def load_task(*args, **kwargs):
    # dagferry[DF303]: the value of `retries` has no conversion.
    # See `dagferry explain DF303`.
    #   PythonOperator(task_id="load", python_callable=load)
    raise NotImplementedError("load: convert the value of retries by hand (DF303)")


@flow(name="changing", log_prints=True)
def changing():
    load_task()


RETRIES = int("3")


if __name__ == "__main__":
    changing()
