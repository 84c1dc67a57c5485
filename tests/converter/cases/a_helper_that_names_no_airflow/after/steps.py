from airflow_compat import TaskGraph, bash
from ops import say


def steps():
    a = say("a", "x")
    b = TaskGraph.current().add(bash.with_options(name="b"), "echo b")
    a >> b
