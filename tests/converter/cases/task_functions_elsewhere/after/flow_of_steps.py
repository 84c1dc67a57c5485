from prefect import flow

import steps
from steps import read


@flow(name="measure", log_prints=True)
def measure():
    steps.show(read.with_options(retries=1, retry_delay_seconds=300)(), unit="mm")


if __name__ == "__main__":
    measure()
