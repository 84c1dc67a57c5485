"""Collects the figures of a week from two systems, writes a report and hands it out."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, bash, on_failure, template

FOLDER = Path("weekly_report")
SOURCES = {"shop": [12, 30, 8], "web": [100, 80]}


def warn(context):
    print(f"no report for {context['ds']}: {context['task_instance'].task_id} failed")


@task
def collect(source, week):
    """Write the figures of one source to a file of its own."""
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"{source}-{week}.json"
    file.write_text(json.dumps(SOURCES[source]))
    return str(file)


@task(retries=1, retry_delay_seconds=1, on_failure=[on_failure(warn)])
def combine(ti, ds):
    files = [ti.xcom_pull(task_ids=f"collect_{source}") for source in SOURCES]
    figures = {file: json.loads(Path(file).read_text()) for file in files}
    total = sum(sum(numbers) for numbers in figures.values())
    # The total travels under a key of its own, the text as the return value.
    ti.xcom_push(key="total", value=total)
    return f"week of {ds}: {total}"


@task(retries=1, retry_delay_seconds=1, on_failure=[on_failure(warn)])
def hand_out(ti):
    text = ti.xcom_pull(task_ids="combine")
    total = ti.xcom_pull(task_ids="combine", key="total")
    print(text)
    return {"total": total, "readers": ["board", "sales"]}


default_args = {
    "owner": "reporting",
    "retries": 1,
    "retry_delay": timedelta(seconds=1),
    "on_failure_callback": warn,
}


@task(name="start", retries=1, retry_delay_seconds=1, on_failure=[on_failure(warn)])
def start_task():
    """Marks a place in the graph and does nothing."""


@flow(name="weekly_report", log_prints=True)
def weekly_report(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 5 * * 1")
    with TaskGraph(run) as graph:
        start = graph.add(start_task)

        # One task for each system that we ask.
        collected = []
        for source in SOURCES:
            collected.append(
                graph.add(
                    collect.with_options(
                        name=f"collect_{source}",
                        retries=1,
                        retry_delay_seconds=1,
                        on_failure=[on_failure(warn)],
                    ),
                    source=source,
                    week=template("{{ ds_nodash }}"),
                )
            )

        combined = graph.add(combine)
        handed_out = graph.add(hand_out)
        clean = graph.add(
            bash.with_options(
                name="clean",
                retries=1,
                retry_delay_seconds=1,
                on_failure=[on_failure(warn)],
            ),
            "rm -rf weekly_report && echo cleaned",
            trigger_rule="all_done",
        )

        start >> collected >> combined >> handed_out >> clean
    return graph.leaves


if __name__ == "__main__":
    weekly_report()
