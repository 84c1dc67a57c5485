from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.exceptions import AirflowSkipException
from airflow.operators.python import PythonOperator

with DAG("mapped_pulls", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def end(n, ti):
        if n == 1:
            raise AirflowSkipException
        ti.xcom_push("other", n * 100)
        return n

    @task
    def plain():
        return "p"

    def pull(ti):
        def shown(value):
            return list(value) if value is not None and not isinstance(value, (str, int)) else value

        print("one", shown(ti.xcom_pull(task_ids="end")))
        print("list", shown(ti.xcom_pull(task_ids=["end"])))
        print("both", shown(ti.xcom_pull(task_ids=["end", "plain"])))
        print("index", ti.xcom_pull(task_ids="end", map_indexes=2))
        print("index of none", ti.xcom_pull(task_ids="end", map_indexes=1))
        print("indexes", shown(ti.xcom_pull(task_ids="end", map_indexes=[0, 2])))
        print("key", shown(ti.xcom_pull(task_ids="end", key="other")))
        print("key index", ti.xcom_pull(task_ids="end", key="other", map_indexes=0))
        print("plain", ti.xcom_pull(task_ids="plain"))
        print("plain index", ti.xcom_pull(task_ids="plain", map_indexes=-1))

    found = end.expand(n=[0, 1, 2])
    [found, plain()] >> PythonOperator(
        task_id="pull", python_callable=pull, trigger_rule="all_done"
    )
