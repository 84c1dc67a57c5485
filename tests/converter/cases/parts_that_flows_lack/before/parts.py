from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def where(ti):
    return ti.hostname


def instance(ti):
    print(where(ti))


def run(**context):
    dag_run = context["dag_run"]
    print(dag_run.get_task_instances())


def moved(logical_date):
    print(logical_date.subtract(days=1))


def earlier(ti):
    print(ti.xcom_pull(task_ids="there", include_prior_dates=True))


def elsewhere(ti):
    print(ti.xcom_pull(task_ids="there", dag_id="other"))


def there(ti, task, dag_run, logical_date):
    print(ti.task.task_id, task.task_id, dag_run.conf, logical_date.strftime("%Y"), ti.state)


with DAG("parts", start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(task_id="instance", python_callable=instance)
    PythonOperator(task_id="run", python_callable=run)
    PythonOperator(task_id="moved", python_callable=moved)
    PythonOperator(task_id="earlier", python_callable=earlier)
    PythonOperator(task_id="elsewhere", python_callable=elsewhere)
    PythonOperator(task_id="there", python_callable=there)
