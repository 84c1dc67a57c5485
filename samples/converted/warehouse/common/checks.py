"""Task functions that several DAGs import."""

from prefect import task


@task
def freshness(table):
    print(f"{table} is fresh")
    return {"table": table, "fresh": True}


@task
def decide(answers):
    return all(answer["fresh"] for answer in answers)
