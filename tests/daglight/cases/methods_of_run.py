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
macros.ds_add(ds, 5)
macros.ds_add('2024-02-28', -3)
macros.ds_format(ds, '%Y-%m-%d', '%d.%m.%y')
macros.datetime(2024, 1, 2)
macros.timedelta(days=1)
macros.json.dumps({'a': 1})
macros.yaml.safe_load('a: [1, 2]')
macros.uuid.UUID(int=5)
macros.time.gmtime(0).tm_year
macros.dateutil.parser.parse('2024-05-01')
macros.random.__class__
logical_date
logical_date + macros.timedelta(days=1)
(logical_date - macros.timedelta(hours=30)).isoformat()
logical_date.strftime('%A %d %B')
logical_date.format('dddd DD MMMM YYYY')
logical_date.add(months=1).to_date_string()
logical_date.in_timezone('Europe/Berlin')
logical_date.in_tz('America/New_York').isoformat()
logical_date.start_of('week')
logical_date.end_of('month')
logical_date.diff(logical_date.add(days=3)).in_days()
logical_date.timestamp()
logical_date.int_timestamp
logical_date.weekday()
logical_date.isoweekday()
logical_date.week_of_year
logical_date.naive()
logical_date.timezone_name
logical_date.to_iso8601_string()
logical_date.replace(day=1)
logical_date == data_interval_start
data_interval_start
data_interval_end
dag_run.conf
dag_run.conf.get('zz', 'none')
dag_run.run_type
str(dag_run.run_type)
dag_run.dag_id
dag_run.external_trigger
dag_run.state
dag_run.start_date is None
dag_run.end_date
dag_run.queued_at is None
dag_run.is_backfill
dag_run.creating_job_id
dag_run.dag_hash
dag_run.triggered_by
dag_run.clear_number
dag_run.get_task_instance('probe').task_id
len(dag_run.get_task_instances())
dag_run.get_dag().dag_id
dag_run.get_state()
dag_run.dag.dag_id
"""


def shown(context):
    for line in EXPRESSIONS.strip().split("\n"):
        try:
            print(line, "=>", repr(eval(line, dict(context))))
        except Exception as error:
            print(line, "=> !", type(error).__name__, str(error)[:200])


with DAG(
    "methods_of_run",
    start_date=datetime(2024, 1, 1),
    schedule="0 5 * * *",
    catchup=False,
    tags=["b", "a"],
) as dag:
    PythonOperator(task_id="probe", python_callable=lambda **context: shown(context))
