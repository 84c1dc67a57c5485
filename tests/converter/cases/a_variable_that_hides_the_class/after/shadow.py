from prefect import flow


@flow(name="shadow", log_prints=True)
def shadow():
    # dagferry[DF501]: no conversion for the variable `DAG`, which hides the class of its DAG.
    # See `dagferry explain DF501`.
    #   DAG = DAG(dag_id="shadow", start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
    #   BashOperator(task_id="a", bash_command="true", dag=DAG)
    raise NotImplementedError(
        "shadow: convert the variable DAG, which hides the class of its DAG, by hand (DF501)",
    )


if __name__ == "__main__":
    shadow()
