from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, recorded_operator

AcmeSensor = recorded_operator("airflow.providers.acme.sensors.acme.AcmeSensor")
CopyFromExternalStageToSnowflakeOperator = recorded_operator(
    "airflow.providers.snowflake.transfers.copy_into_snowflake.CopyFromExternalStageToSnowflakeOperator",
)
SQLExecuteQueryOperator = recorded_operator(
    "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator",
    template_fields=["sql", "parameters", "conn_id", "database", "hook_params"],
    arguments=["conn_id"],
)


@task
def rows():
    return 3


@flow(name="warehouse", log_prints=True)
def warehouse(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(
        run,
        default_args={"conn_id": "warehouse", "retries": 1},
        ignored_arguments=["pool"],
    ) as graph:
        wait = AcmeSensor(task_id="wait", path="{{ ds }}", pool="acme")
        counted = graph.add(rows.with_options(retries=1, retry_delay_seconds=300))
        clean = SQLExecuteQueryOperator(
            task_id="clean",
            sql="delete from orders where day = '{{ ds }}'",
            parameters={"rows": counted.output},
        )
        load = CopyFromExternalStageToSnowflakeOperator(task_id="load", table="orders", stage="s3")
        done = graph.add(
            rows.with_options(name="done", retries=1, retry_delay_seconds=300)
        )
        wait >> clean >> load >> done
    return graph.leaves


if __name__ == "__main__":
    warehouse()
