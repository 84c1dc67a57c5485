# options: {"sync": true}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

try:
    from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
except ImportError:
    from airflow.operators.trigger_dagrun import TriggerDagRunOperator

import airflow

DATE = "logical_date" if airflow.__version__[0] == "3" else "execution_date"

with DAG("trigger_dag_run_bad_conf_child", start_date=datetime(2024, 1, 1), schedule=None) as child:
    PythonOperator(task_id="x", python_callable=lambda: 1)


with DAG("trigger_dag_run_bad_conf", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    TriggerDagRunOperator(
        task_id="t",
        trigger_dag_id="trigger_dag_run_bad_conf_child",
        conf={"k": {1, 2}},
        trigger_run_id="r",
    )
