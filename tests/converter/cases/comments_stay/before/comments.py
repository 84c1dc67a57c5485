"""What people wrote stays where it was."""

# above the imports
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

LIMIT = 3  # a constant


# directly above a task
def count():  # on its first line
    # inside
    number = LIMIT  # behind a statement

    # before the return
    return number


# above the DAG
with DAG(
    "comments", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    # the first task
    first = PythonOperator(task_id="first", python_callable=count)  # behind it

    # the second task
    second = PythonOperator(
        task_id="second",
        # why it is tried again
        python_callable=count,
    )

    # the edge
    first >> second

# at the end
DONE = True
