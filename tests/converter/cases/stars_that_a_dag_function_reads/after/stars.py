"""What the code of a `@dag` function reads of them is Airflow's."""

from prefect import flow


@flow(name="batch", log_prints=True)
def batch():
    # dagferry[DF207]: no conversion for `kwargs`, which the `@dag` function reads.
    # See `dagferry explain DF207`.
    #   @dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
    #   def batch(**kwargs):
    #       BashOperator(task_id="say", bash_command=f"echo {len(kwargs)}")
    raise NotImplementedError(
        "batch: convert kwargs, which the @dag function reads, by hand (DF207)"
    )


if __name__ == "__main__":
    batch()
