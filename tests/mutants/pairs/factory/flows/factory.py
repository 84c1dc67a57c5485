from prefect import flow, task

CONFIGS = [
    {"id": "load_eu", "tables": ["orders"]},
    {"id": "load_us", "tables": ["orders", "users"]},
]


@task
def load_table(table):
    print(f"loading {table}")
    return table.upper()


def make_flow(cfg):
    @flow(name=cfg["id"], log_prints=True)
    def dag():
        loads = []
        for table in cfg["tables"]:
            loads.append(load_table.with_options(name=f"load_{table}").submit(table=table))
        return loads

    return dag


for cfg in CONFIGS:
    globals()[cfg["id"]] = make_flow(cfg)
