from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

from pathlib import Path

folder = Path(__file__).with_name("templates_files_sql")
folder.mkdir(exist_ok=True)
(folder / "base.sql").write_text("-- {% block body %}{% endblock %} {{ ds }}\n")
(folder / "child.sql").write_text(
    "{% extends 'templates_files_sql/base.sql' %}{% block body %}own{% endblock %}\n"
)
(folder / "macros.sql").write_text("{% macro col(x) %}{{ x }} as x{% endmacro %}\n")
(folder / "uses.sql").write_text(
    "{% import 'templates_files_sql/macros.sql' as m %}select {{ m.col('a') }} from {{ params.table }}\n\n"
)
(folder / "bad.sql").write_text("{{ nobody }}")


class Sql(BaseOperator):
    template_fields = ("sql", "parameters")
    template_ext = (".sql",)
    template_fields_renderers = {"sql": "sql", "parameters": "json"}

    def __init__(self, *, sql, parameters=None, **kwargs):
        super().__init__(**kwargs)
        self.sql, self.parameters = sql, parameters

    def execute(self, context):
        return self.sql


with DAG(
    "templates_files", start_date=datetime(2024, 1, 1), schedule=None, params={"table": "t"}
) as dag:
    Sql(task_id="child", sql="templates_files_sql/child.sql")
    Sql(task_id="uses", sql="templates_files_sql/uses.sql", parameters={"a": "{{ ds }}"})
    Sql(task_id="several", sql=["templates_files_sql/child.sql", "select {{ 1 }}"])
    Sql(task_id="missing", sql="templates_files_sql/nothing.sql")
    Sql(task_id="bad", sql="templates_files_sql/bad.sql")
    Sql(task_id="no_file", sql="select 1 from x.sql ")
    Sql(task_id="computed", sql="templates_files_sql/{{ 'child' }}.sql")
    Sql(
        task_id="in_parameters",
        sql="select 1",
        parameters={"path": "templates_files_sql/child.sql"},
    )
