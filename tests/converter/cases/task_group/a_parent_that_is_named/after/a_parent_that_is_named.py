from prefect import flow


@flow(name="grouped", log_prints=True)
def grouped():
    # dagferry[DF301]: no conversion for the argument `parent_group` of a task group.
    # See `dagferry explain DF301`.
    #   with DAG("grouped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    #       with TaskGroup("outer") as outer:
    #           EmptyOperator(task_id="one")
    #       with TaskGroup("inner", parent_group=outer):
    #           EmptyOperator(task_id="two")
    raise NotImplementedError(
        "grouped: convert the argument parent_group of a task group by hand (DF301)"
    )


if __name__ == "__main__":
    grouped()
