"""TaskFlow and classic operators side by side, values handed on in both ways."""

from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

BATCH = 2


@task(retries=2, retry_delay=timedelta(seconds=1))
def fetch_customers():
    return ["ada", "grace", "edsger"]


@task
def split(customers, size=BATCH):
    return [customers[i : i + size] for i in range(0, len(customers), size)]


@task(execution_timeout=timedelta(minutes=5))
def upload(batches):
    for batch in batches:
        print("upload", ", ".join(batch))
    return len(batches)


def confirm(count, system):
    print(f"{count} batches are in {system}")
    return count


@dag(
    start_date=datetime(2024, 1, 1),
    schedule=timedelta(hours=1),
    catchup=False,
    max_active_runs=1,
    doc_md="Sends new customers to the CRM.",
)
def customer_sync():
    ready = BashOperator(task_id="ready", bash_command="echo ready")
    customers = fetch_customers()
    ready >> customers

    uploaded = upload(split(customers))
    confirmed = PythonOperator(
        task_id="confirm",
        python_callable=confirm,
        op_kwargs={"count": uploaded, "system": "crm"},
    )
    done = BashOperator(task_id="done", bash_command="echo done")

    confirmed >> done


customer_sync()
