from airflow.providers.postgres.operators.postgres import PostgresOperator


def step(name):
    return PostgresOperator(task_id=f"load_{name}", sql=f"select '{name}'")
