from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

try:
    from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
except ImportError:
    from airflow.operators.trigger_dagrun import TriggerDagRunOperator


with DAG("trigger_dag_run_bad_date", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    TriggerDagRunOperator(task_id="t", trigger_dag_id="nobody", trigger_run_id="r", logical_date=5)
