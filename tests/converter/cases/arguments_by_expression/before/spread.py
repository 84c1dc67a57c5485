from datetime import datetime
from airflow import DAG
from airflow.operators.python import PythonOperator

ARGS = ["a{{ ds }}", 2]
CFG = {"x": 1, "y": "{{ ds }}"}

def show(*args, **kwargs):
    return [list(args), {k: v for k, v in kwargs.items() if k in ("x", "y", "z")}]

def two(x, y=None):
    return [x, y]

def args_of(n):
    return [n, n + 1]

with DAG("spread", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="constant_args", python_callable=show, op_args=ARGS)
    PythonOperator(task_id="constant_kwargs", python_callable=show, op_kwargs=CFG)
    PythonOperator(task_id="computed_args", python_callable=two, op_args=args_of(3))
    PythonOperator(task_id="computed_kwargs", python_callable=show, op_kwargs=dict(zip("xy", args_of(5))))
    for pair in [("p", "q{{ ds }}"), ("r", "s")]:
        PythonOperator(task_id=f"loop_{pair[0]}", python_callable=two, op_args=pair)
        PythonOperator(task_id=f"loop_kw_{pair[0]}", python_callable=two, op_kwargs={**CFG, "x": pair[1]})
        PythonOperator(task_id=f"mixed_{pair[0]}", python_callable=show, op_args=[*pair], op_kwargs=CFG)
