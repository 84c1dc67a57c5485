"""Wrong uses of operators, groups and mapping: each is an error of its own, and no task runs."""

from __future__ import annotations

from airflow_compat import (
    BaseOperator,
    BranchPythonOperator,
    EmptyOperator,
    PythonOperator,
    PythonSensor,
    TaskGraph,
    TaskGroup,
    get_current_context,
    mapped,
)
from prefect import flow, task


@task
def give(value=None):
    return value


class Copy(BaseOperator):
    def __init__(self, *, table, **kwargs):
        super().__init__(**kwargs)
        self.table = table


def in_graph(make, **options):
    with TaskGraph(**options):
        make()
        raise RuntimeError("nothing was wrong")


USES = {
    "positional": lambda: EmptyOperator("a"),
    "unknown": lambda: EmptyOperator(task_id="a", colour="red"),
    "no_effect": lambda: EmptyOperator(task_id="a", pool="small"),
    "missing": lambda: Copy(task_id="a"),
    "no_rule": lambda: EmptyOperator(task_id="a", trigger_rule="sometimes"),
    "twice": lambda: [EmptyOperator(task_id="a"), EmptyOperator(task_id="a")],
    "not_callable": lambda: PythonOperator(task_id="a", python_callable=5),
    "group_twice": lambda: [TaskGroup("a"), TaskGroup("a")],
    "group_like_task": lambda: [EmptyOperator(task_id="a"), TaskGroup("a")],
    "sensor_mode": lambda: PythonSensor(task_id="a", python_callable=give, mode="later"),
    "sensor_time": lambda: PythonSensor(task_id="a", python_callable=give, timeout=-1),
    "over_text": lambda: mapped(give).expand(value="text"),
    "over_nothing": lambda: mapped(give).expand(),
    "mapped_twice": lambda: mapped(give).partial(value=1).expand(value=[1]),
    "mapped_option": lambda: Copy.partial(task_id="a", pool="small").expand(table=[1]),
    "mapped_branch": lambda: BranchPythonOperator.partial(task_id="a"),
    "iterated": lambda: list(EmptyOperator(task_id="a")),
}


def error_of(use, *args, **options):
    try:
        return repr(use(*args, **options))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


@flow
def wrong_operators():
    found = {name: error_of(in_graph, use) for name, use in USES.items()}
    found["no_graph"] = error_of(USES["unknown"])
    found["no_context"] = error_of(get_current_context)
    found["default"] = error_of(in_graph, USES["twice"], default_args={"pool": "p"})
    allowed = {"default_args": {"owner": "me", "pool": "p"}, "ignored_arguments": ["pool"]}
    found["allowed"] = error_of(in_graph, USES["no_effect"], **allowed)
    give(found)


class Inner(BaseOperator):
    template_fields = ("text",)

    def __init__(self, *, text, **kwargs):
        super().__init__(**kwargs)
        self.text = text

    def execute(self, context):
        return [self.text, context["ti"].task_id, get_current_context()["ds"] == context["ds"]]


def makes_its_own(**context):
    """As users do inside of functions: the operator is in no graph."""
    return Inner(task_id="inner", text="{{ ds }}").execute(context)


@flow
def operators_inside():
    with TaskGraph() as graph:
        PythonOperator(task_id="outer", python_callable=makes_its_own)
    return graph.leaves


@flow
def not_converted():
    from airflow_compat import recorded_operator

    operator = recorded_operator("airflow.providers.x.operators.y.Load", code="DF711")
    with TaskGraph() as graph:
        operator(task_id="load", rows=5)
    return graph.leaves
