from airflow_compat import TaskGraph, bash


def say(task_id, word):
    return TaskGraph.current().add(bash.with_options(name=task_id), f"echo {word}")
