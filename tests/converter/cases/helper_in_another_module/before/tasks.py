from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def work(name):
    print(name)


def between(name, **options):
    start = EmptyOperator(task_id=f"{name}_start")
    end = EmptyOperator(task_id=f"{name}_end")
    step = PythonOperator(task_id=name, python_callable=work, op_args=[name])
    start >> step >> end
    return start, end
