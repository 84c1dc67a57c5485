# options: {"logical_date": "2024-03-05T06:07:08+00:00", "conf": {"c": [1]}}
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

FORMS = {
    "dag": "{{ dag }} {{ dag.dag_id }}",
    "task": "{{ task }} {{ task.task_id }} {{ task.owner }}",
    "ti": "{{ ti.task_id }} {{ ti.try_number }} {{ ti.dag_id }} {{ task_instance.map_index }}",
    "key": "{{ task_instance_key_str }}",
    "run": "{{ dag_run.run_type }} {{ dag_run.conf }} {{ dag_run.conf['c'][0] }} {{ dag_run.conf.get('z', 'd') }}",
    "params": "{{ params }} {{ params.p }} {{ params['q'] }} {{ params.c }}",
    "filters": "{{ logical_date | ds }} {{ logical_date | ds_nodash }} {{ logical_date | ts }} {{ logical_date | ts_nodash }}"
    " {{ logical_date | ts_nodash_with_tz }}",
    "macros": "{{ macros.ds_add(ds, 5) }} {{ macros.ds_add('2024-01-05', -5) }} {{ macros.ds_format(ds, '%Y-%m-%d', '%d.%m.%y') }}"
    " {{ macros.timedelta(days=1) }} {{ (logical_date + macros.timedelta(days=1)) | ds }} {{ macros.datetime(2024, 1, 1) }}"
    " {{ macros.json.dumps({'a': 1}) }} {{ macros.uuid.UUID(int=1) }} {{ macros.time.gmtime(0).tm_year }}",
    "methods": "{{ logical_date.strftime('%d') }} {{ logical_date.add(months=-1).to_date_string() }} {{ logical_date.format('YYYY/MM/DD') }}"
    " {{ data_interval_end.subtract(days=1).date() }} {{ logical_date.start_of('month') }} {{ logical_date.isoformat() }}",
    "jinja": "{% for n in range(3) %}{{ n }}{% if not loop.last %}-{% endif %}{% endfor %} {{ 'x' | upper }} {{ 'missing' if nope is undefined }}",
    "do": "{% set l = [] %}{% do l.append(1) %}{{ l }}",
    "none": "{{ templates_dict }} {{ none }} {{ prev_start_date_success }} {{ prev_data_interval_start_success }} {{ test_mode }}",
    "newline": "line\n\n",
    "crlf": "a\r\nb",
    "crlf_template": "a\r\n{{ ds }}\r\n",
    "comment": "a{# no #}b",
    "braces": "{ 'json': 1 }",
    "private": "{{ ti._x is defined }}",
    "nested": ["{{ ds }}", ("{{ ds }}", 1), {"{{ ds }}": "{{ ds }}"}, {"{{ ds }}"}, None, 5],
}
BAD = {
    "undefined": "{{ nope }}",
    "attribute": "{{ params.nope }}",
    "syntax": "{{ ds",
    "unsafe": "{{ ''.__class__.__mro__ }}",
    "error": "{{ 1 / 0 }}",
}

with DAG(
    "templates_names", start_date=datetime(2024, 1, 1), schedule=None, params={"p": 1, "q": [1, 2]}
) as dag:
    for name, text in {**FORMS, **BAD}.items():
        PythonOperator(task_id=name, python_callable=lambda value: repr(value), op_args=[text])
