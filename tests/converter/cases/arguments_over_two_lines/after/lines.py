from prefect import flow, task

LIMITS = [1, 2]


@task
def rows():
    return [1]


@task
def use(x):
    return x


@flow(name="over_lines", log_prints=True)
def over_lines():
    rows_run = rows.submit()
    use_run = use.submit(
        x=LIMITS[0]
                   + LIMITS[1],
    )
    beside = rows.with_options(name="beside").submit()
    return [rows_run, use_run, beside]


if __name__ == "__main__":
    over_lines()
