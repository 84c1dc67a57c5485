"""Asks how fresh the tables are, with task functions of `common`."""

from airflow.decorators import dag

from warehouse.common.checks import decide, freshness
from warehouse.common.settings import DEFAULT_ARGS, START


@dag(default_args=DEFAULT_ARGS, start_date=START, schedule="@daily", catchup=False)
def warehouse_quality():
    orders = freshness("orders")
    customers = freshness("customers")
    decide([orders, customers])


warehouse_quality()
