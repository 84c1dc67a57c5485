"""Two sources are read side by side, joined, and one of them is audited on its own."""

from prefect import flow, task


@task
def fetch_orders():
    return [
        {"id": 1, "amount": 20, "currency": "EUR"},
        {"id": 2, "amount": 5, "currency": "USD"},
    ]


@task
def fetch_rates():
    return {"EUR": 1.0, "USD": 0.5}


@task
def price(orders, rates):
    return sum(order["amount"] * rates[order["currency"]] for order in orders)


@task
def audit(orders):
    print(f"{len(orders)} orders")


@flow(name="price_orders", log_prints=True)
def price_orders():
    fetch_orders_run = fetch_orders.submit()
    fetch_rates_run = fetch_rates.submit()
    price_run = price.submit(fetch_orders_run, fetch_rates_run)
    audit_run = audit.submit(fetch_orders_run)
    return [price_run, audit_run]


if __name__ == "__main__":
    price_orders()
