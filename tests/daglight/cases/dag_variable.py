from datetime import datetime

from airflow.models import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator

dag = DAG("dag_variable", start_date=datetime(2024, 1, 1), schedule=None)
a = BashOperator(task_id="a", bash_command="echo 1", dag=dag)
b = EmptyOperator(task_id="b", dag=dag)
c = EmptyOperator(task_id="c")
a >> b
c << b
