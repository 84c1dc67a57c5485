"""What imports by either of two versions of Airflow asks for nothing of a flow; other tries stay."""

from datetime import datetime

try:
    from airflow.operators.empty import EmptyOperator
except ImportError:
    from airflow.operators.dummy import DummyOperator as EmptyOperator

try:
    from airflow.sdk import DAG
except ImportError:
    from airflow import DAG

try:
    from airflow.models import Variable
    import json
except ImportError:
    json = None

if json is not None:
    from airflow.operators.bash import BashOperator

    print("found")

with DAG("either", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    EmptyOperator(task_id="start")
