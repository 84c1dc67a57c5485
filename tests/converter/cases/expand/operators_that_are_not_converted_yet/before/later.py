from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
from acme.operators import Load


def options():
    return [{"bash_command": "echo 1"}]


with DAG("later", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    found = PythonOperator(task_id="options", python_callable=options)
    BashOperator.partial(task_id="computed").expand_kwargs(found.output)
    BashOperator.partial(task_id="options_of_a_run").expand_kwargs(
        [{"bash_command": "echo 1", "retries": 2}]
    )
    BashOperator.partial(task_id="files").expand(bash_command=["one.sh", "two.sh"])
    BashOperator.partial(task_id="limited", bash_command="echo", max_active_tis_per_dag=1).expand(env=[{}])
    PythonOperator.partial(task_id="functions").expand(python_callable=[options, print])
    Load.partial(task_id="load").expand(table=["a", "b"])
