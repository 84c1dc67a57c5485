"""TaskFlow and classic operators side by side, values handed on in both ways."""

from prefect import flow, task

from airflow_compat import bash

BATCH = 2


@task(retries=2, retry_delay_seconds=1)
def fetch_customers():
    return ["ada", "grace", "edsger"]


@task
def split(customers, size=BATCH):
    return [customers[i : i + size] for i in range(0, len(customers), size)]


@task(timeout_seconds=300)
def upload(batches):
    for batch in batches:
        print("upload", ", ".join(batch))
    return len(batches)


@task
def confirm(count, system):
    print(f"{count} batches are in {system}")
    return count


@flow(
    name="customer_sync", description="Sends new customers to the CRM.", log_prints=True
)
def customer_sync():
    bash.with_options(name="ready")("echo ready")
    customers = fetch_customers()

    uploaded = upload(split(customers))
    confirm(count=uploaded, system="crm")
    bash.with_options(name="done")("echo done")


if __name__ == "__main__":
    customer_sync()
