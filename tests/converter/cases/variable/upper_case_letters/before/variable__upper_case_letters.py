from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.operators.python import PythonOperator

ENV = Variable.get("DEPLOY_ENV", default_var="dev")


def greet():
    print(ENV, Variable.get("deploy_env", default_var="lower"))


with DAG("hello", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="greet", python_callable=greet)
