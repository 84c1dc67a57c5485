"""Tasks that log and hand data on, in a flow with a name and default arguments."""

from prefect import flow, task
from prefect.logging import get_run_logger


@task
def read(source: str) -> dict:
    """Read the rows."""
    logger = get_run_logger()
    logger.info(f"reading {source}")
    return {"source": source, "rows": [1, 2, 3]}


@task
def double(data: dict) -> dict:
    logger = get_run_logger()
    logger.info(f"doubling {len(data['rows'])} rows")
    data["rows"] = [row * 2 for row in data["rows"]]
    data["doubled"] = True
    return data


@task
def write(data: dict, target: str) -> bool:
    get_run_logger().info(f"writing to {target}")
    print(f"written: {data}")
    return True


@flow(name="Read Double Write")
def pipeline(source: str = "orders", target: str = "totals"):
    """Three steps, one after the other."""
    return write(double(read(source)), target)


if __name__ == "__main__":
    print(pipeline.name, pipeline())
