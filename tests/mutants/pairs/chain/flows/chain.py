from prefect import flow, task


@task
def extract():
    return [1, 2, 3]


@task
def transform(factor, data):
    doubled = [x * factor for x in data]
    print(f"transformed {len(doubled)} rows")
    return {"total": sum(doubled), "rows": len(doubled)}


@task
def load(total, rows):
    print("loading")
    print(f"{rows} rows, total {total}")
    return {"mean": total / rows}


@flow(name="chain", log_prints=True)
def chain():
    data = extract()
    transformed = transform(factor=2, data=data)
    load(transformed["total"], transformed["rows"])


if __name__ == "__main__":
    chain()
