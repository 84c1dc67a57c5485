from datetime import timedelta

from prefect import flow

from airflow_compat import TaskGraph, TaskGroup, bash


@flow(name="grouped", log_prints=True)
def grouped():
    with TaskGraph() as dag:
        with TaskGroup(
            group_id="plain",
            prefix_group_id=False,
            dag=dag,
            default_args={"retries": 1, "retry_delay": timedelta(seconds=1), "pool": "one_at_a_time"},
            tooltip="no prefix",
            ui_color="red",
            ui_fgcolor="#fff",
            add_suffix_on_collision=False,
        ) as plain:
            dag.add(
                bash.with_options(name="say", retries=1, retry_delay_seconds=1),
                "echo plain",
            )

        last = dag.add(bash.with_options(name="last"), "echo last")
        plain >> last
    return dag.leaves


if __name__ == "__main__":
    grouped()
