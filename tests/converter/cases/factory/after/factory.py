from prefect import flow, task

from airflow_compat import TaskGraph

CONFIGS = [
    {"id": "eu", "tables": ["orders"]},
    {"id": "us", "tables": ["orders", "users"]},
]


@task
def load(table):
    print(table)


def make(config):
    @flow(name=config["id"], log_prints=True)
    def dag():
        with TaskGraph() as graph:
            for table in config["tables"]:
                graph.add(load.with_options(name=f"load_{table}"), table)
        return graph.leaves

    return dag


for config in CONFIGS:
    globals()[config["id"]] = make(config)
