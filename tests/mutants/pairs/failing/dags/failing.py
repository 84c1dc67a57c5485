from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def create_cluster():
    return "cluster-1"


def run_job(ti):
    print(f"running on {ti.xcom_pull(task_ids='create_cluster')}")
    raise ValueError("out of memory")


def publish():
    print("published")


def delete_cluster(ti):
    print(f"deleted {ti.xcom_pull(task_ids='create_cluster')}")


with DAG("failing", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    created = PythonOperator(task_id="create_cluster", python_callable=create_cluster)
    job = PythonOperator(task_id="run_job", python_callable=run_job)
    published = PythonOperator(task_id="publish", python_callable=publish)
    deleted = PythonOperator(
        task_id="delete_cluster", python_callable=delete_cluster, trigger_rule="all_done"
    )
    created >> job >> [published, deleted]
