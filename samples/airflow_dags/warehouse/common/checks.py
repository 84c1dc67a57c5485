"""Task functions that several DAGs import."""

from airflow.decorators import task


@task
def freshness(table):
    print(f"{table} is fresh")
    return {"table": table, "fresh": True}


@task(task_id="verdict")
def decide(answers):
    return all(answer["fresh"] for answer in answers)
