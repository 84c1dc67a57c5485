from prefect import flow


@flow(name="assigned", log_prints=True)
def assigned():
    # dagferry[DF501]: no conversion for `start.retries`. See `dagferry explain DF501`.
    #   with DAG("assigned", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    #       start = EmptyOperator(task_id="start")
    #       start.retries = 3
    #       start.doc_md = "The start."
    raise NotImplementedError("assigned: convert start.retries by hand (DF501)")


@flow(name="set", log_prints=True)
def set_flow():
    # dagferry[DF501]: no conversion for `first.retries`. See `dagferry explain DF501`.
    #   with DAG("set", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    #       first = EmptyOperator(task_id="first")
    #       first.retries = 3
    raise NotImplementedError("set_flow: convert first.retries by hand (DF501)")


@flow(name="asked", log_prints=True)
def asked():
    # dagferry[DF501]: no conversion for `begin.retries`. See `dagferry explain DF501`.
    #   with DAG("asked", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    #       begin = EmptyOperator(task_id="begin")
    #       print(begin.retries)
    raise NotImplementedError("asked: convert begin.retries by hand (DF501)")


if __name__ == "__main__":
    assigned()
    set_flow()
    asked()
