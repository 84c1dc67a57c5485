from prefect import flow


@flow(name="asked", log_prints=True)
def asked():
    # dagferry[DF501]: no conversion for `dag.tasks`. See `dagferry explain DF501`.
    #   with DAG("asked", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    #       EmptyOperator(task_id="one")
    #       EmptyOperator(task_id="two")
    #       end = EmptyOperator(task_id="end")
    #       for other in dag.tasks:
    #           if other is not end:
    #               other >> end
    raise NotImplementedError("asked: convert dag.tasks by hand (DF501)")


if __name__ == "__main__":
    asked()
