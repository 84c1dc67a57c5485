from datetime import datetime

from prefect import flow

from airflow_compat import BaseOperator, TaskGraph, airflow_run


class Load(BaseOperator):
    def execute(self, context):
        print("load")


@flow(name="limits", log_prints=True)
def limits(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(
        run,
        default_args={
            "owner": "team",
            "pool": "loads",
            "start_date": datetime(2024, 1, 1),
        },
        ignored_arguments=["max_active_tis_per_dag", "pool"],
    ) as graph:
        Load(task_id="load")
        Load(task_id="alone", max_active_tis_per_dag=1)
    return graph.leaves


if __name__ == "__main__":
    limits()
