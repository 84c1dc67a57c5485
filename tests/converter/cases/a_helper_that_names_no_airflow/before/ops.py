from airflow.operators.bash import BashOperator


def say(task_id, word):
    return BashOperator(task_id=task_id, bash_command=f"echo {word}")
