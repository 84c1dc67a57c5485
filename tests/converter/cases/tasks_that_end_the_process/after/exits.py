import sys
from sys import exit as leave

from prefect import flow, task


@task
def by_module():
    sys.exit(1)


@task
def by_name():
    leave("no")


@task
def by_raising():
    raise SystemExit


@task(name="late")
def exit_late(codes):
    return codes


@flow(name="exits", log_prints=True)
def exits():
    by_module_run = by_module.submit()
    by_name_run = by_name.submit()
    by_raising_run = by_raising.submit()
    late = exit_late.submit([1])
    return [by_module_run, by_name_run, by_raising_run, late]


if __name__ == "__main__":
    exits()
