from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

with DAG("taskflow_into_classic", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def make():
        return {"n": 5}

    made = make()
    made >> BashOperator(
        task_id="bash", bash_command="echo {{ ti.xcom_pull('make')['n'] }}", append_env=True
    )
    py = PythonOperator(task_id="py", python_callable=lambda x: x["n"], op_args=[made])
    made >> BashOperator(task_id="string", bash_command=f"echo '{made}'")
    PythonOperator(task_id="output", python_callable=lambda x: x + 1, op_kwargs={"x": py.output})
    PythonOperator(
        task_id="none_of",
        python_callable=lambda x: x is None,
        op_kwargs={"x": PythonOperator(task_id="quiet", python_callable=lambda: None).output},
    )
