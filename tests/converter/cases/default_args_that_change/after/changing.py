from prefect import flow, task


@task
def load():
    print("load")


RETRIES = int("1")
default_args = {"retries": RETRIES}


@flow(name="changing", log_prints=True)
def changing():
    # dagferry[DF504]: `RETRIES`, which changes after the DAG was made, has no conversion.
    # See `dagferry explain DF504`.
    #   with DAG("changing", start_date=datetime(2024, 1, 1), schedule=None, default_args=default_args):
    #       PythonOperator(task_id="load", python_callable=load)
    raise NotImplementedError(
        "changing: convert RETRIES, which changes after the DAG was made, by hand (DF504)",
    )


RETRIES = int("3")


if __name__ == "__main__":
    changing()
