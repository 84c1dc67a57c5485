import ops
from ops import say


def steps():
    a = say("a", "x")
    b = ops.BashOperator(task_id="b", bash_command="echo b")
    a >> b
