import json
import os

from prefect import flow, task


@task
def tell():
    print(TABLE, json.dumps([]))


@flow(name="first", log_prints=True)
def first():
    # dagferry[DF505]: no conversion for `TABLE`, which other code reads as well.
    # See `dagferry explain DF505`.
    #   with DAG("first", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    #       TABLE = "orders"
    #       PythonOperator(task_id="tell", python_callable=tell)
    raise NotImplementedError(
        "first: convert TABLE, which other code reads as well, by hand (DF505)"
    )


@flow(name="second", log_prints=True)
def second():
    # dagferry[DF505]: no conversion for `TABLE`, which other code reads as well.
    # See `dagferry explain DF505`.
    #   with DAG("second", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    #       PythonOperator(task_id="again", python_callable=print, op_args=[TABLE])
    raise NotImplementedError(
        "second: convert TABLE, which other code reads as well, by hand (DF505)"
    )


def make():
    @task
    def count():
        print(numbers)

    @flow(name="third", log_prints=True)
    def dag():
        # dagferry[DF505]: no conversion for `numbers`, which other code reads as well.
        # See `dagferry explain DF505`.
        #   with DAG(
        #       "third", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
        #   ) as dag:
        #       numbers = [1, 2]
        #       PythonOperator(task_id="count", python_callable=count)
        raise NotImplementedError(
            "dag: convert numbers, which other code reads as well, by hand (DF505)"
        )

    return dag


third = make()


if __name__ == "__main__":
    first()
    second()
