"""Not airflow."""

from shell_tools.operators.bash import BashOperator

operator = BashOperator(task_id="say", bash_command="echo {{ ds }}")
