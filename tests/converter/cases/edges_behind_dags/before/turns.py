from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("forth", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    a = EmptyOperator(task_id="a")
    b = EmptyOperator(task_id="b")
a >> b

with DAG("back", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    a = EmptyOperator(task_id="a")
    b = EmptyOperator(task_id="b")
b >> a

dag = DAG("third", start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
a = EmptyOperator(task_id="a", dag=dag)
b = EmptyOperator(task_id="b", dag=dag)
a >> b

other = DAG("fourth", start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
a = EmptyOperator(task_id="a", dag=other)
b = EmptyOperator(task_id="b", dag=other)
b >> a
del a, b
