import json

from prefect import flow

made = {}


@flow(name="four", log_prints=True)
def dag():
    # dagferry[DF501]: no conversion for `dag`, which holds several DAGs in turn.
    # See `dagferry explain DF501`.
    #   with DAG("four", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    #       EmptyOperator(task_id="start")
    raise NotImplementedError(
        "dag: convert dag, which holds several DAGs in turn, by hand (DF501)"
    )


made["four"] = dag


@flow(name="five", log_prints=True)
def dag():
    # dagferry[DF501]: no conversion for `dag`, which holds several DAGs in turn.
    # See `dagferry explain DF501`.
    #   with DAG("five", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    #       EmptyOperator(task_id="start")
    raise NotImplementedError(
        "dag: convert dag, which holds several DAGs in turn, by hand (DF501)"
    )


made["five"] = dag


if __name__ == "__main__":
    dag()
    dag()
