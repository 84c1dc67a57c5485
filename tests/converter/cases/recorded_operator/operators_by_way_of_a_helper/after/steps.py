from airflow_compat import recorded_operator

PostgresOperator = recorded_operator(
    "airflow.providers.postgres.operators.postgres.PostgresOperator",
    template_fields=["sql", "parameters", "conn_id", "database", "hook_params"],
)


def step(name):
    return PostgresOperator(task_id=f"load_{name}", sql=f"select '{name}'")
