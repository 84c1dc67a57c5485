"""Dumps some databases, packs them, and says how much there is. Written in the old way."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.dummy import DummyOperator
from airflow.operators.python import PythonOperator

DATABASES = ("users", "billing")

args = {
    "owner": "ops",
    "start_date": datetime(2024, 1, 1),
    "retries": 1,
    "retry_delay": timedelta(seconds=1),
}

dag = DAG(
    "nightly_backup",
    default_args=args,
    schedule_interval="15 2 * * *",
    catchup=False,
    max_active_runs=1,
)


def measure(**kwargs):
    sizes = kwargs["ti"].xcom_pull(task_ids=["dump_users", "dump_billing"])
    print("dumped", list(sizes))
    return len(list(sizes))


def dump(database):
    return BashOperator(
        task_id=f"dump_{database}",
        bash_command=f"echo {database}-{{{{ ds_nodash }}}}.sql",
        dag=dag,
    )


start = DummyOperator(task_id="start", dag=dag)
measured = PythonOperator(task_id="measure", python_callable=measure, dag=dag)
end = DummyOperator(task_id="end", dag=dag)

for name in DATABASES:
    start >> dump(name) >> measured

measured >> end
