from prefect import flow, task


@task
def show(number):
    return number


LIMIT = 1


@flow(name="first", log_prints=True)
def first():
    # dagferry[DF504]: no conversion for `LIMIT`, which changes after the DAG was made.
    # See `dagferry explain DF504`.
    #   with DAG("first", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    #       PythonOperator(task_id="show", python_callable=show, op_args=[LIMIT])
    raise NotImplementedError(
        "first: convert LIMIT, which changes after the DAG was made, by hand (DF504)"
    )


LIMIT = 2


if __name__ == "__main__":
    first()
