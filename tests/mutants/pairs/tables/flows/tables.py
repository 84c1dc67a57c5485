from prefect import flow, task

TABLES = ["orders", "users", "items"]


@task
def start():
    pass


@task
def copy(table):
    print(f"copied {table}")
    return len(table)


@task
def check(table, copied):
    print(f"{table}: {copied}")


@task
def finish():
    pass


@flow(name="tables", log_prints=True)
def tables():
    started = start.submit()
    checks = []
    for table in TABLES:
        copied = copy.with_options(name=f"copy_{table}").submit(table=table, wait_for=[started])
        checked = check.with_options(name=f"check_{table}").submit(table=table, copied=copied)
        checks.append(checked)
    finished = finish.submit(wait_for=checks)
    return [finished]


if __name__ == "__main__":
    tables()
