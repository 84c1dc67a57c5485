from prefect import flow, task


@flow(name="definer", log_prints=True)
def definer():
    # dagferry[DF505]: no conversion for `work`, which other code reads as well.
    # See `dagferry explain DF505`.
    #   with DAG("definer", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    #
    #       def work():
    #           print("work")
    #
    #       PythonOperator(task_id="work", python_callable=work)
    raise NotImplementedError(
        "definer: convert work, which other code reads as well, by hand (DF505)"
    )


@flow(name="user", log_prints=True)
def user():
    # dagferry[DF505]: no conversion for `work`, which other code reads as well.
    # See `dagferry explain DF505`.
    #   with DAG("user", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    #       PythonOperator(task_id="work", python_callable=work)
    raise NotImplementedError(
        "user: convert work, which other code reads as well, by hand (DF505)"
    )


@flow(name="alone", log_prints=True)
def alone():
    size = 3
    task(lambda: print(size), name="size")()


if __name__ == "__main__":
    definer()
    user()
    alone()
