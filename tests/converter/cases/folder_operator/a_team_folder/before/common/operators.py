"""Operators and a sensor of the team's own."""

from __future__ import annotations

from airflow.exceptions import AirflowSkipException
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator
from airflow.sensors.base import BaseSensorOperator
from airflow.utils.context import Context
from airflow.utils.decorators import apply_defaults

from common.hooks import WarehouseHook


class WarehouseOperator(BaseOperator):
    """What all of them have."""

    ui_color = "#abc"

    @apply_defaults
    def __init__(self, *, warehouse: str = "main", **kwargs):
        super().__init__(**kwargs)
        self.warehouse = warehouse

    @property
    def hook(self) -> WarehouseHook:
        return WarehouseHook(self.warehouse)


class CountTable(WarehouseOperator):
    template_fields = ("table",)

    def __init__(self, *, table: str, least: int = 0, **kwargs) -> None:
        super().__init__(**kwargs)
        self.table = table
        self.least = least

    def execute(self, context: Context) -> int:
        count = self.hook.count(self.table.split("/")[0])
        self.log.info("%s has %s", self.table, count)
        if count < self.least:
            raise AirflowSkipException(f"{self.table} is empty")
        context["ti"].xcom_push(key="table", value=self.table)
        return count


class CopyTable(CountTable):
    """Fails the first time that it is tried."""

    template_fields = (*CountTable.template_fields, "rows")

    def __init__(self, rows, **kwargs):
        super().__init__(**kwargs)
        self.rows = rows

    def execute(self, context):
        if context["ti"].try_number == 1:
            raise ValueError("try again")
        print(self.task_id, context["ds"], self.warehouse, self.rows)
        return super().execute(context) + self.rows


class TableSensor(BaseSensorOperator):
    def __init__(self, table, **kwargs):
        super().__init__(**kwargs)
        self.table = table
        self.asked = 0

    def poke(self, context):
        return WarehouseHook().count(self.table) > 0


class Report(PythonOperator):
    """A standard operator with an argument more."""

    def __init__(self, *, title, **kwargs):
        super().__init__(**kwargs)
        self.title = title

    def execute(self, context):
        print(self.title)
        return super().execute(context)
