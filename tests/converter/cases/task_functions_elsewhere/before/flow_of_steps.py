from datetime import datetime

from airflow.decorators import dag

import steps
from steps import read


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def measure():
    steps.show(read(), unit="mm")


measure()
