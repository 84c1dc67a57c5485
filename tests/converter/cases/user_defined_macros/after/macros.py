from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, bash, template


def quarter(ds):
    return f"Q{(int(ds[5:7]) - 1) // 3 + 1}"


FILTERS = {"shout": lambda text: text.upper()}


@task(name="b")
def show(word):
    print(word)


@flow(name="macros", log_prints=True)
def macros(logical_date: datetime | None = None):
    run = airflow_run(
        logical_date,
        schedule="0 0 * * *",
        user_defined_macros={"quarter": quarter, "bucket": "s3://b"},
        user_defined_filters=FILTERS,
    )
    with TaskGraph(run) as graph:
        graph.add(
            bash.with_options(name="a"),
            template("echo {{ quarter(ds) }} {{ bucket | shout }}"),
        )
        graph.add(show, template("{{ ds }} {{ bucket }}"))
    return graph.leaves


if __name__ == "__main__":
    macros()
