from prefect import flow, task


@task
def fetch_orders():
    return {"a": 10, "b": 20}


@task
def fetch_rates():
    return {"a": 0.5, "b": 0.25}


@task
def price(orders, rates):
    return sum(orders[key] * rates[key] for key in orders)


@task
def audit():
    print("audited")


@task
def done():
    pass


@flow(name="fan", log_prints=True)
def fan():
    orders = fetch_orders.submit()
    rates = fetch_rates.submit()
    priced = price.submit(orders, rates)
    audited = audit.submit(wait_for=[orders])
    finished = done.submit(wait_for=[priced, audited])
    return [finished]


if __name__ == "__main__":
    fan()
