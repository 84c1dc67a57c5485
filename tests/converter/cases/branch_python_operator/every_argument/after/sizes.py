from datetime import datetime, timedelta

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, branch, on_failure, template


def tell(context):
    print("told")


@task(
    name="size",
    retries=1,
    retry_delay_seconds=1,
    timeout_seconds=60,
    on_failure=[on_failure(tell)],
)
def pick(count, unit, templates_dict, ds, **context):
    print(count, unit, templates_dict, ds, context["ti"].task_id)
    return "large" if count > 100 else "small"


default_args = {"owner": "me", "retries": 1, "retry_delay": timedelta(seconds=1)}


@task(retries=1, retry_delay_seconds=1)
def large():
    """Marks a place in the graph and does nothing."""


@task(retries=1, retry_delay_seconds=1)
def small():
    """Marks a place in the graph and does nothing."""


@flow(name="sizes", log_prints=True)
def sizes(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        size = graph.add(
            branch(pick),
            150,
            unit=template("{{ ds_nodash }}"),
            templates_dict=template({"day": "{{ ds }}"}),
            trigger_rule="none_failed",
            do_xcom_push=False,
        )
        size >> [graph.add(large), graph.add(small)]
    return graph.leaves


if __name__ == "__main__":
    sizes()
