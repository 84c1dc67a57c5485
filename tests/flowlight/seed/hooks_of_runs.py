"""Functions that are told how a task and a flow ended."""

from prefect import flow, task
from prefect.states import Completed, Failed, State


def tell(task, task_run, state: State):
    if state.is_failed():
        print(f"task {task.name} failed")
    return state


@task(on_failure=[tell])
def risky():
    raise ValueError("something is wrong")


@flow(on_failure=[lambda flow, flow_run, state: print("flow failed")])
def main():
    risky()


state = main(return_state=True)
print(state.type.value, state.message, Completed().name, Failed().name)
