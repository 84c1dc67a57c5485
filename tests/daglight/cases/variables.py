# options: {"variables": {"plain": "text", "number": 5, "data": {"k": [1, 2]}, "flag": true}}
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

with DAG("variables", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    BashOperator(
        task_id="value",
        bash_command="echo {{ var.value.plain }} {{ var.value.number }} {{ var.json.data.k[1] }}",
    )
    BashOperator(
        task_id="get",
        bash_command="echo {{ var.value.get('absent', 'd') }} {{ var.json.get('absent', 3) }}",
    )
    BashOperator(task_id="absent", bash_command="echo {{ var.value.absent }}")
    PythonOperator(
        task_id="in_body",
        python_callable=lambda: [
            Variable.get("plain"),
            Variable.get("number"),
            Variable.get("data", deserialize_json=True),
            Variable.get("flag"),
        ],
    )
    PythonOperator(task_id="missing", python_callable=lambda: Variable.get("absent"))
