import csv
from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.operators.python import PythonOperator

ROWS = [("apple", 3), ("pear", 5)]


def write(header):
    Path("out").mkdir(exist_ok=True)
    with open("out/fruit.csv", "w", newline="") as target:
        csv.writer(target).writerows([header, *ROWS])
    return "out/fruit.csv"


def summarise(path):
    with open(path, newline="") as source:
        rows = list(csv.DictReader(source))
    Path("out/total.txt").write_text(str(sum(int(row["count"]) for row in rows)))


with DAG("files", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    written = PythonOperator(task_id="write", python_callable=write, op_args=[["fruit", "count"]])
    summed = PythonOperator(
        task_id="summarise", python_callable=summarise, op_args=[written.output]
    )
