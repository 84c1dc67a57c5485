# options: {"versions": [2]}
from airflow.models import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator
from airflow.utils.dates import days_ago
from airflow.utils.helpers import chain

args = {
    "owner": "me",
    "start_date": days_ago(4000),
    "depends_on_past": False,
    "email": ["x@example.com"],
}
dag = DAG("old_paths", default_args=args, schedule_interval="0 1 * * *", concurrency=3)
a = DummyOperator(task_id="a", dag=dag)
b = PythonOperator(
    task_id="b", python_callable=lambda **context: context["ds"], provide_context=True, dag=dag
)
c = BashOperator(task_id="c", bash_command="echo {{ execution_date }} {{ yesterday_ds }}", dag=dag)
chain(a, b, c)
