# options: {"logical_date": "2024-03-05T06:30:00+00:00", "variables": {"v": "text", "j": {"a": {"b": [1, 2]}}}}
from datetime import datetime, timedelta

from airflow import DAG

try:
    from airflow.sdk import TaskGroup, Variable, get_current_context
except ImportError:
    from airflow.models import Variable
    from airflow.operators.python import get_current_context
    from airflow.utils.task_group import TaskGroup
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator

EXPRESSIONS = """
dag.dag_id
dag.description
dag.schedule_interval
dag.start_date
dag.end_date
str(dag.timezone)
dag.catchup
sorted(dag.tags)
dag.owner_links
dag.params
dict(dag.params)
dag.params['p']
dag.params.get('zz', 3)
dag.default_args
dag.max_active_runs
dag.max_active_tasks
dag.concurrency
dag.dagrun_timeout
dag.doc_md
dag.fileloc.split('/')[-1]
dag.is_subdag
dag.parent_dag
dag.subdags
dag.is_paused_upon_creation
dag.task_ids
dag.task_dict
dag.tasks
dag.roots
dag.leaves
dag.task_count
dag.has_task('g.a')
dag.has_task_group('g')
dag.get_task('g.a')
dag.get_task('zz')
dag.get_task('g.a').task_group.group_id
dag.task_group.get_child_by_label('g').group_id
dag.topological_sort()
[t.task_id for t in dag.topological_sort()]
dag.user_defined_macros
dag.user_defined_filters
dag.template_searchpath
dag.jinja_environment_kwargs
dag.render_template_as_native_obj
dag.on_success_callback
dag.on_failure_callback
dag.sla_miss_callback
dag.access_control
dag.dag_display_name
dag.auto_register
dag.fail_stop
dag.fail_fast
dag.safe_dag_id
dag.dag_dependencies
dag.default_view
dag.orientation
dag.max_consecutive_failed_dag_runs
dag.dataset_triggers
dag.dataset_expression
dag.has_import_errors
dag.filter_task_group
dag.disable_bundle_versioning
dag.deadline
repr(dag)
str(dag)
dag == dag
hash(dag) is not None
dag.__class__.__name__
dag.task_group.is_root
dag.task_group.label
dag.task_group.node_id
dag.task_group_dict['g'].tooltip
dag.task_group_dict['g'].children
dag.task_group_dict['g'].prefix_group_id
[t.task_id for t in dag.task_group_dict['g'].iter_tasks()]
[t.task_id for t in dag.task_group_dict['g'].get_roots()]
[t.task_id for t in dag.task_group_dict['g'].get_leaves()]
dag.task_group_dict['g'].dag.dag_id
dag.task_group_dict['g'].ui_color
list(iter(dag.task_group_dict['g']))
dag.task_group_dict['g'].default_args
dag.task_group_dict['g'].roots
dag.task_group_dict['g'].leaves
get_current_context()['ds']
get_current_context()['ti'].task_id
sorted(k for k in get_current_context())[:3]
params
params['p']
params.get('p')
params.get('nope')
params['nope']
params.p
'p' in params
list(params)
list(params.items())
len(params)
params == {'p': 5, 'l': [1], 'n': None}
dict(params)
params.dump()
params.validate()
type(params).__name__
conn.get('nope')
conn.nope
var.value.get('nope', 'd')
var.value.get('nope')
var.value.nope
var.json.get('nope', {'a': 1})
var.json.j.a.b
var.json.j['a']['b']
var.json.get('j')['a']
var.value.j
var.value.v
var['value'].v
Variable.get('v')
Variable.get('j', deserialize_json=True)
inlets
outlets
templates_dict
task_instance_key_str
test_mode
expanded_ti_count
task_reschedule_count
run_id[:8]
reason
try_number
map_index_template
ts
ts_nodash
ts_nodash_with_tz
ds
ds_nodash
latest_date
END_DATE
end_date
tables
"""


def shown(context):
    for line in EXPRESSIONS.strip().split("\n"):
        try:
            print(line, "=>", repr(eval(line, dict(context))))
        except Exception as error:
            print(line, "=> !", type(error).__name__, str(error)[:200])


def probe(**context):
    class Var:
        value, json = context["var"]["value"], context["var"]["json"]

    shown({**context, "get_current_context": get_current_context, "Variable": Variable, "var": Var})


with DAG(
    "methods_of_dag",
    start_date=datetime(2024, 1, 1),
    schedule="@daily",
    catchup=False,
    description="d",
    tags=["b", "a"],
    params={"p": 5, "l": [1], "n": None},
    doc_md="doc",
    default_args={"owner": "x"},
    dagrun_timeout=timedelta(hours=1),
) as dag:
    b = EmptyOperator(task_id="b")
    with TaskGroup("g", tooltip="tip") as g:
        a = EmptyOperator(task_id="a", owner="zed")
        c = PythonOperator(task_id="c", python_callable=probe)
        a >> c
    b >> g

    @dag.task(task_id="of_dag")
    def of_dag():
        print("made by @dag.task")

    of_dag()
