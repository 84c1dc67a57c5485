from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain, cross_downstream
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup

with DAG("grouped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    start = EmptyOperator(task_id="start")
    end = EmptyOperator(task_id="end")
    with TaskGroup("first") as first:
        one = EmptyOperator(task_id="one")
        two = EmptyOperator(task_id="two")
        three = EmptyOperator(task_id="three")
        one >> [two, three]
    with TaskGroup("second") as second:
        four = EmptyOperator(task_id="four")
        with TaskGroup("within") as within:
            EmptyOperator(task_id="five") >> EmptyOperator(task_id="six")
        four >> within
    with TaskGroup("nothing") as nothing:
        pass

    start >> first >> second >> end
    chain(start, [first, second], end)
    start >> nothing >> end
    within << two
    second.set_upstream(three)
    cross_downstream([first, start], [within, end])
