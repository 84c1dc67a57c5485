"""What comes back of tuples inside of other values, and how a pulled date shows its zone."""

from datetime import datetime, timezone

try:
    from airflow.providers.standard.operators.python import PythonOperator
    from airflow.sdk import DAG
except ImportError:
    from airflow import DAG
    from airflow.operators.python import PythonOperator

VALUES = {
    "tuple_in_list": [(1, 2)],
    "tuple_in_dict": {"a": (1, 2)},
    "tuple_in_tuple": (1, (2, 3), [(4,)], {"a": (5,)}),
    "tuple_in_list_in_tuple": ([(1, 2)],),
    "tuple_in_set": {(1, 2)},
    "set_in_list": [{1}, {(1, 2)}],
    "date": datetime(2024, 5, 6, tzinfo=timezone.utc),
    "date_in_list": [datetime(2024, 5, 6, tzinfo=timezone.utc)],
    "naive_date": datetime(2024, 5, 6),
}


def pull(ti):
    for name in VALUES:
        print(name, ti.xcom_pull("push", key=name))


with DAG("xcom_nested", start_date=datetime(2024, 1, 1, tzinfo=timezone.utc), schedule=None):
    push = PythonOperator(
        task_id="push",
        python_callable=lambda ti: [ti.xcom_push(key=key, value=VALUES[key]) for key in VALUES][:0],
    )
    push >> PythonOperator(task_id="pull", python_callable=pull)
