# options: {"logical_date": "2024-03-05T06:30:00+00:00", "conf": {"a": 1}}
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
ti.task_id
ti.dag_id
ti.run_id[:8]
ti.map_index
ti.try_number
ti.max_tries
ti.key
ti.key.task_id
ti.key.primary
ti.operator
ti.operator_name
ti.task_display_name
ti.duration
ti.end_date
ti.queued_dttm
ti.queued_by_job_id
ti.pool
ti.pool_slots
ti.queue
ti.priority_weight
ti.job_id
ti.executor
ti.executor_config
ti.external_executor_id
ti.trigger_id
ti.next_method
ti.next_kwargs
ti.rendered_map_index
ti.test_mode
ti.previous_ti
ti.previous_ti_success
ti.previous_start_date_success
ti.previous_execution_date_success
ti.prev_attempted_tries
ti.next_try_number
ti.dag_run.run_type
ti.dag_run.dag_id
ti.task.task_id
ti.log.name
ti.get_dagrun().dag_id
ti.get_previous_dagrun()
ti.get_previous_ti()
ti.get_previous_execution_date()
ti.get_previous_start_date()
ti.get_template_context()['ds']
ti.xcom_push('k', 1)
ti.xcom_push(key='k2', value={'a': (1, 2)})
ti.xcom_pull(task_ids='probe', key='k')
ti.xcom_pull(task_ids='before')
ti.xcom_pull('before')
ti.xcom_pull(['before', 'nope'])
ti.xcom_pull(('before',))
ti.xcom_pull({'before'})
ti.xcom_pull(task_ids=['before', 'before2'], key='other')
ti.xcom_pull(task_ids='before', key='other')
ti.xcom_pull(task_ids='before', key='nope')
ti.xcom_pull(task_ids='before', key='nope', default='d')
ti.xcom_pull(task_ids='nope')
ti.xcom_pull(key='other')
ti.xcom_pull()
ti.xcom_pull(task_ids='before', dag_id='methods_of_instance')
ti.xcom_pull(task_ids=None, key='other')
ti.xcom_pull(task_ids='before', map_indexes=-1)
ti.xcom_pull(task_ids='before', map_indexes=0)
ti.xcom_pull(task_ids='before', map_indexes=[0])
ti.xcom_pull(bad=1)
ti.try_id
ti.refresh_from_db()
ti.command
ti.nonexisting
ti.log.info('x')
task.get_direct_relatives()
task.downstream_list
task.get_dag().dag_id
task.dag.dag_id
task.dag_id
task.has_dag()
task.node_id
task.label
task.task_type
task.operator_name
task.operator_class.__name__
task.owner
task.email
task.retries
task.retry_delay
task.max_retry_delay
task.start_date
task.end_date
task.depends_on_past
task.wait_for_downstream
task.priority_weight
task.queue
task.pool
task.pool_slots
task.execution_timeout
task.trigger_rule
str(task.trigger_rule)
task.run_as_user
task.executor_config
task.do_xcom_push
task.inlets
task.outlets
task.params
dict(task.params)
task.template_fields
task.template_ext
task.ui_fgcolor
task.doc_md
task.doc
task.roots
task.leaves
task.is_setup
task.is_teardown
task.on_failure_fail_dagrun
task.task_group.group_id
task.task_display_name
task.email_on_failure
task.email_on_retry
task.resources
task.max_active_tis_per_dag
task.max_active_tis_per_dagrun
task.map_index_template
task.multiple_outputs
task.global_operator_extra_links
task.python_callable.__name__
task.op_args
task.templates_dict
task.show_return_value_in_logs
task.allow_nested_operators
task.executor
task.render_template('{{ ds }}', {'ds': 'x'})
task.reference
task.test
task.add_inlets
task.task_id in dag.task_ids
repr(task)
str(task)
task == dag.get_task('probe')
hash(task) == hash(dag.get_task('probe'))
task != dag.get_task('before')
"""


def shown(context):
    for line in EXPRESSIONS.strip().split("\n"):
        try:
            print(line, "=>", repr(eval(line, dict(context))))
        except Exception as error:
            print(line, "=> !", type(error).__name__, str(error)[:200])


def before(ti):
    ti.xcom_push("other", [1, {"x": None}])
    return {"r": 1}


with DAG(
    "methods_of_instance",
    start_date=datetime(2024, 1, 1),
    schedule="0 5 * * *",
    catchup=False,
    default_args={"owner": "me", "retries": 2, "email": "a@b.c"},
) as dag:
    one = PythonOperator(task_id="before", python_callable=before)
    two = PythonOperator(task_id="before2", python_callable=before)
    probe = PythonOperator(
        task_id="probe", python_callable=lambda **context: shown(context), params={"a": 1}
    )
    [one, two] >> probe >> EmptyOperator(task_id="after")
