# options: {"logical_date": "2024-03-05T06:30:00+00:00", "conf": {"n": 5, "l": [1, 2]}}
from __future__ import annotations
from datetime import datetime, timedelta
from airflow import DAG

try:
    from airflow.providers.standard.operators.python import PythonOperator
    from airflow.providers.standard.operators.empty import EmptyOperator
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:
    from airflow.operators.python import PythonOperator
    from airflow.operators.empty import EmptyOperator
    from airflow.operators.bash import BashOperator
try:
    from airflow.sdk import (
        BaseOperator,
        task,
        dag as dag_decorator,
        TaskGroup,
        Variable,
        BaseHook,
        Param,
        get_current_context,
    )
    from airflow.sdk import BaseSensorOperator, PokeReturnValue
except ImportError:
    from airflow.models import BaseOperator, Variable
    from airflow.models.param import Param
    from airflow.decorators import task, dag as dag_decorator
    from airflow.utils.task_group import TaskGroup
    from airflow.hooks.base import BaseHook
    from airflow.operators.python import get_current_context
    from airflow.sensors.base import BaseSensorOperator, PokeReturnValue
from airflow.exceptions import AirflowException, AirflowSkipException, AirflowFailException


def show(exprs, names):
    for line in exprs.strip().split("\n"):
        try:
            print(line, "=>", repr(eval(line, dict(names))))
        except Exception as e:
            print(line, "=> !", type(e).__name__, str(e)[:200])


def show_kw(**kw):
    for k in sorted(k for k in kw if k.startswith("x_")):
        print(k, type(kw[k]).__name__, repr(kw[k]))


with DAG(
    "templates_native_forms",
    start_date=datetime(2024, 1, 1),
    schedule="@daily",
    render_template_as_native_obj=True,
    params={
        "d": {"a": [1, {"b": None}]},
        "l": [1, "2"],
        "n": None,
        "i": 3,
        "f": 1.5,
        "s": "5",
        "b": True,
        "es": "",
    },
    user_defined_macros={"mac": lambda x: {"m": x}, "const": [1, 2]},
    user_defined_filters={"dbl": lambda x: x * 2},
) as dag:
    push = PythonOperator(
        task_id="push", python_callable=lambda: {"k": [1, {"z": "q"}], "s": "007", "t": "1e5"}
    )
    s = PythonOperator(
        task_id="s",
        python_callable=show_kw,
        op_kwargs={
            "x_01": "{{ params.d }}",
            "x_02": "{{ params.l }}",
            "x_03": "{{ params.n }}",
            "x_04": "{{ params.i }}",
            "x_05": "{{ params.f }}",
            "x_06": "{{ params.s }}",
            "x_07": "{{ params.b }}",
            "x_08": "{{ params.es }}",
            "x_09": "a{{ params.i }}",
            "x_10": "{{ params.i }}{{ params.i }}",
            "x_11": " {{ params.i }} ",
            "x_12": "{{ ds }}",
            "x_13": "{{ ds_nodash }}",
            "x_14": "{{ logical_date }}",
            "x_15": "{{ ts }}",
            "x_16": "{{ ti.xcom_pull('push') }}",
            "x_17": "{{ ti.xcom_pull('push')['k'] }}",
            "x_18": "{{ ti.xcom_pull('push')['s'] }}",
            "x_19": "{{ ti.xcom_pull('push')['t'] }}",
            "x_20": "{{ mac(1) }}",
            "x_21": "{{ const }}",
            "x_22": "{{ 3 | dbl }}",
            "x_23": "{{ [1,2] | dbl }}",
            "x_24": "[{{ params.i }}, 2]",
            "x_25": "{'a': {{ params.i }}}",
            "x_26": "{% for i in params.l %}{{ i }},{% endfor %}",
            "x_27": "None",
            "x_28": "123",
            "x_29": "0123",
            "x_30": "[1, 2",
            "x_31": "{{ dag_run.conf.l }}",
            "x_32": "{{ dag_run.conf['n'] + 1 }}",
            "x_33": "{{ dag_run.conf.get('zz') }}",
            "x_34": "{{ params }}",
            "x_35": "{{ (1, 2) }}",
            "x_36": "True",
            "x_37": "1_000",
            "x_38": "'quoted'",
            "x_39": "{{ 'abc' }}",
            "x_40": "{{ params.d.a[1].b }}",
            "x_41": ["{{ params.i }}", {"k{{ params.i }}": "{{ params.l }}"}],
            "x_42": "{{ run_id[:6] }}",
            "x_43": "{{ none }}",
            "x_44": "2024-01-01",
            "x_45": "1-1",
            "x_46": "\n5\n",
            "x_47": "{{ data_interval_start.year }}",
            "x_49": "{{ var.json.get('nope', {'a': 1}) }}",
            "x_50": "{{ params.l | join(',') }}",
            "x_51": "{{ params.l | tojson }}",
            "x_52": "{{ '%02d' % params.i }}",
            "x_53": "b'x'",
            "x_54": "{{ dag_run.run_type }}",
            "x_55": "{{ ti.task_id }}",
            "x_56": "{{ params.i > 2 }}",
        },
    )
    BashOperator(task_id="b", bash_command="echo {{ params.i }}")
    push >> s
