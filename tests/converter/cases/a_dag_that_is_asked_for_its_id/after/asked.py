from prefect import flow, task


@task
def tell():
    print(by_name.name)


def make(name):
    @flow(name=name, log_prints=True)
    def dag():
        tell()

    return dag


for name in ("one", "two"):
    made = make(name)
    globals()[made.name] = made


@flow(name="three", log_prints=True)
def by_name():
    tell()


if __name__ == "__main__":
    by_name()
