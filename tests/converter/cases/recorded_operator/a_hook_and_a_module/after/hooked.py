from prefect import flow, task

from airflow_compat import bash, missing

PostgresHook = missing(
    "airflow.providers.postgres.hooks.postgres.PostgresHook", "DF601"
)


def made():
    return PostgresHook(task_id="no operator")


@task
def through_a_module(*args, **kwargs):
    # dagferry[DF710]: no conversion for SnowflakeOperator.
    # See `dagferry explain DF710`.
    #   snowflake.SnowflakeOperator(task_id="through_a_module", sql="select 1")
    raise NotImplementedError(
        "through_a_module: convert SnowflakeOperator by hand (DF710)"
    )


@flow(name="hooked", log_prints=True)
def hooked():
    say = bash.with_options(name="say").submit("echo")
    through_a_module_run = through_a_module.submit()
    return [say, through_a_module_run]


if __name__ == "__main__":
    hooked()
