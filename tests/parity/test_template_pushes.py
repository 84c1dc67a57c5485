"""A template may push an XCom; the flow that renders it does so too, and both traces show it."""

from __future__ import annotations

import pytest
from dagferry.parity import VerifyOptions, verify
from dagferry.parity.opening import started
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input
from dagferry.writing import write_file
from test_real_engines import interpreter

DAG = """
from datetime import datetime
from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
def both(text, ti):
    ti.xcom_push("in the body", text)
with DAG("pushes", start_date=datetime(2024, 1, 1), schedule=None):
    a = BashOperator(task_id="a", bash_command='echo {{ ti.xcom_push(key="k", value=5) }}')
    b = PythonOperator(task_id="b", python_callable=lambda ti: ti.xcom_pull(task_ids="a", key="k"))
    c = PythonOperator(task_id="c", python_callable=both, op_args=['{{ ti.xcom_push("l", 1) }}'])
    a >> b >> c
"""
REAL = pytest.param("prefect", marks=pytest.mark.prefect)


@pytest.fixture(params=["light", REAL])
def engines(request):
    prefect = "light" if request.param == "light" else interpreter("prefect")
    with started(VerifyOptions(prefect=prefect, timeout=120, scenarios=0)) as options:
        yield options


def test_what_a_template_pushes_is_seen_on_both_sides(engines, tmp_path):
    dags, flows = tmp_path / "dags", tmp_path / "flows"
    dags.mkdir()
    (dags / "pushes.py").write_text(DAG)
    conversion = convert_input(read_input([dags]))
    for path, data in conversion.outputs.items():
        write_file(flows / path, data)
    (report,) = verify(dags, flows, to_json(conversion.files), engines).dags
    assert (report.verdict, report.reason) == ("equal", None)
    xcoms = report.check("xcoms")
    assert xcoms.detail == "5 compared"
    text = (flows / "pushes.py").read_text().replace("value=5", "value=6")
    (flows / "pushes.py").write_text(text)
    (report,) = verify(dags, flows, to_json(conversion.files), engines).dags
    assert report.check("xcoms").airflow == {"a.k": 5, "b.return_value": 5}
