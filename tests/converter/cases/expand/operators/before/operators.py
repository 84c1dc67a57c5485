from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup


def lines():
    return ["echo one", "echo {{ ds }}"]


def show(word, number=0, ds=None, ti=None):
    print(word, number, ds, ti.map_index)
    return f"{word}{number}"


def listed(ti):
    print(list(ti.xcom_pull(task_ids="shell.say")))


with DAG(
    "operators",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    default_args={"retry_delay": timedelta(seconds=0)},
) as dag:
    with TaskGroup("shell", default_args={"retries": 1}) as shell:
        BashOperator.partial(task_id="say").expand(bash_command=["echo 1", "echo {{ ds }}"])
    made = PythonOperator(task_id="lines", python_callable=lines, dag=dag)
    BashOperator.partial(task_id="run", append_env=True, dag=dag).expand(
        bash_command=made.output, env=[{"A": "1"}, {"A": "2"}]
    )
    BashOperator.partial(task_id="env", bash_command="echo $A", trigger_rule="all_done").expand(
        env=[{"A": "{{ ds }}"}, {"A": "b"}]
    )
    shown = PythonOperator.partial(task_id="show", python_callable=show).expand(
        op_args=[["a", 1], ["{{ ds }}"]]
    )
    PythonOperator.partial(task_id="named", python_callable=show, op_kwargs={"word": "c"}).expand_kwargs(
        [{"op_args": []}, {"op_kwargs": {"word": "d", "number": 2}}]
    )
    [shell, shown] >> PythonOperator(task_id="listed", python_callable=listed)
    BashOperator.partial(task_id="none").expand(bash_command=[]) >> EmptyOperator(task_id="after")
