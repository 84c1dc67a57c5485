from prefect import flow


@flow(name="asked", log_prints=True)
def asked():
    # dagferry[DF501]: no conversion for `BashOperator`. See `dagferry explain DF501`.
    #   with DAG("asked", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    #       end = EmptyOperator(task_id="end")
    #       for task in [BashOperator(task_id="say", bash_command="echo"), EmptyOperator(task_id="mark")]:
    #           if isinstance(task, BashOperator):
    #               task >> end
    raise NotImplementedError("asked: convert BashOperator by hand (DF501)")


if __name__ == "__main__":
    asked()
