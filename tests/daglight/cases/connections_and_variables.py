# options: {"logical_date": "2024-03-05T06:30:00+00:00", "variables": {"v1": "text", "v2": {"a": {"b": [1, 2]}, "c": null}, "v3": [1, 2], "v4": "5", "v5": "", "v6": "not json {"}, "env": {"AIRFLOW_VAR_ENVV": "{\"x\": 1}", "AIRFLOW_VAR_V1": "from env", "AIRFLOW_CONN_URI1": "postgres://u%40x:p%2Fw@host:5432/db?a=1&b=two%20words", "AIRFLOW_CONN_JSON1": "{\"conn_type\": \"http\", \"host\": \"h\", \"port\": 80, \"extra\": {\"k\": {\"n\": [1]}}}", "AIRFLOW_CONN_SLASH": "my-conn-type://host-only", "AIRFLOW_CONN_JSON2": "{\"conn_type\": \"aws\", \"extra\": \"{\\\"region\\\": \\\"x\\\"}\"}"}}
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


X = """
Variable.get('v1')
Variable.get('v2')
Variable.get('v2', deserialize_json=True)
Variable.get('v3', deserialize_json=True)
Variable.get('v4', deserialize_json=True)
Variable.get('v5')
Variable.get('v5', deserialize_json=True)
Variable.get('v6', deserialize_json=True)
Variable.get('v6', 'dflt', True)
Variable.get('nope', None)
Variable.get('nope', '{"a": 1}', deserialize_json=True)
Variable.get('envv', deserialize_json=True)['x']
Variable.get('ENVV')
Variable.get(key='v1')
Variable.set('new', {'a': 1}, serialize_json=True)
Variable.get('new', deserialize_json=True)
Variable.get('new2')
Variable.set('new3', None)
Variable.get('new3')
Variable.get('new4')
Variable.delete('new')
Variable.get('new', 'gone')
Variable.delete('neverwas')
BaseHook.get_connection('uri1').host
BaseHook.get_connection('uri1').login
BaseHook.get_connection('uri1').password
BaseHook.get_connection('uri1').schema
BaseHook.get_connection('uri1').port
BaseHook.get_connection('uri1').extra
BaseHook.get_connection('uri1').extra_dejson
BaseHook.get_connection('uri1').conn_type
BaseHook.get_connection('uri1').conn_id
BaseHook.get_connection('uri1').get_uri()
BaseHook.get_connection('json1').extra_dejson['k']['n']
BaseHook.get_connection('json1').extra
BaseHook.get_connection('json1').get_uri()
BaseHook.get_connection('json2').extra_dejson
BaseHook.get_connection('slash').conn_type
BaseHook.get_connection('slash').host
BaseHook.get_connection('slash').extra_dejson.get('x', 'd')
BaseHook.get_connection('nope')
BaseHook.get_connection('URI1').host
str(BaseHook.get_connection('uri1'))
repr(BaseHook.get_connection('uri1'))
BaseHook.get_connection('uri1').description
BaseHook.get_connection('uri1').to_dict()
BaseHook.get_connection('json1').as_json()
conn.uri1.extra_dejson.a
conn.uri1.extra_dejson['b']
conn.uri1.host
conn.nope.host
conn.get('nope', 'd')
var.value.v1
var.value.v2
var.json.v2.a.b
var.json.v3
var.json.v6
var.value.get('nope')
var.json.get('nope', 5)
var.value.get('v1', 'x')
"""


def probe(**c):
    class Dot:
        pass

    d = Dot()
    v = c["var"]
    d.value = v["value"]
    d.json = v["json"]
    show(X, {**c, "var": d, "Variable": Variable, "BaseHook": BaseHook})


class MyHook(BaseHook):
    conn_name_attr = "my_conn_id"
    default_conn_name = "uri1"
    conn_type = "my"
    hook_name = "My"

    def __init__(self, my_conn_id=default_conn_name, **kw):
        super().__init__(**kw)
        self.my_conn_id = my_conn_id
        self.connection = self.get_connection(my_conn_id)

    def get_conn(self):
        return (self.connection.host, self.connection.port)

    def run(self, sql):
        self.log.info("x")
        return [self.get_conn(), sql]


def hook(ti):
    h = MyHook()
    r = h.run("select 1")
    ti.xcom_push("h", list(r[0]))
    print(r, h.conn_type, MyHook.conn_name_attr)
    return r


with DAG("connections_and_variables", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="probe", python_callable=probe)
    PythonOperator(task_id="hook", python_callable=hook)
    t = {
        "1": "{{ conn.uri1.host }}:{{ conn.uri1.port }}/{{ conn.uri1.schema }}",
        "2": "{{ conn.uri1.extra_dejson.a }}",
        "3": "{{ conn.json1.extra_dejson.k.n[0] }}",
        "4": "{{ conn.uri1.password }}",
        "5": "{{ var.value.v1 }} {{ var.json.v2.a.b[1] }} {{ var.json.v3[0] }} {{ var.value.get('zz', 'dd') }} {{ var.json.get('zz', {'q': 1}).q }}",
        "6": "{{ conn.uri1 }}",
        "7": "{{ conn.uri1.get_uri() }}",
        "8": "{{ var.value.v2 }}",
        "9": "{{ conn.get('uri1').login }}",
        "10": "{{ conn.get('nope', {'host': 'x'}).host }}",
    }
    for k, v in t.items():
        BashOperator(task_id=f"t{k}", bash_command="true " + v)
    BashOperator(task_id="bad1", bash_command="true {{ var.value.nope }}")
    BashOperator(task_id="bad2", bash_command="true {{ conn.nope.host }}")
    BashOperator(task_id="bad3", bash_command="true {{ var.json.v2.zz.y }}")
    BashOperator(task_id="bad4", bash_command="true {{ params.zz }}{{ dag_run.conf.zz }}")
    BashOperator(task_id="bad5", bash_command="true {{ dag_run.conf['zz'] }}")
    BashOperator(task_id="bad6", bash_command="true {{ ti.zz }}")
    BashOperator(task_id="bad7", bash_command="true {{ dag_run.zz }} x")
    BashOperator(task_id="bad8", bash_command="true {{ execution_date }}")
