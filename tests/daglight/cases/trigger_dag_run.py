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

with DAG("trigger_dag_run_child", start_date=datetime(2024, 1, 1), schedule=None) as child:
    PythonOperator(task_id="x", python_callable=lambda: 1)


with DAG("trigger_dag_run", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    t = TriggerDagRunOperator(
        task_id="t",
        trigger_dag_id="trigger_dag_run_child",
        conf={"k": "{{ ds }}", "n": [1, "{{ dag.dag_id }}"]},
        trigger_run_id="own_{{ ds_nodash }}",
        **{DATE: "{{ macros.ds_add(ds, 1) }}"},
    )
    t >> PythonOperator(
        task_id="after", python_callable=lambda ti: ti.xcom_pull(task_ids="t", key="trigger_run_id")
    )
    TriggerDagRunOperator(
        task_id="dated",
        trigger_dag_id="trigger_dag_run_child",
        **{DATE: "{{ ds }}"},
        trigger_run_id="dated",
    )
