"""Not airflow."""

from graphs import EmptyOperator

start = EmptyOperator(task_id="start") >> EmptyOperator(task_id="end")
