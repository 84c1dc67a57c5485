from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

folder = Path(__file__).with_name("templates_user_folder")
folder.mkdir(exist_ok=True)
folder.joinpath("q.sql").write_text("select '{{ ds }}' {% include 'part.txt' %}\n")
folder.joinpath("part.txt").write_text("from {{ params.table }}\n")

with DAG(
    "templates_user",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    params={"table": "t"},
    user_defined_macros={"greet": lambda name: f"hi {name}", "number": 7},
    user_defined_filters={"twice": lambda text: text * 2},
    template_searchpath=[str(folder)],
) as dag:
    BashOperator(
        task_id="macros", bash_command="echo {{ greet('x') }} {{ number }} {{ 'ab' | twice }}"
    )
    PythonOperator(
        task_id="file",
        python_callable=lambda templates_dict: templates_dict["q"],
        templates_dict={"q": "q.sql"},
        templates_exts=[".sql"],
    )
