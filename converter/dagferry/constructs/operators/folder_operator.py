"""An operator class of the folder keeps its class: only the import of its base changes.

Its `execute` runs inside a Prefect task that is named after its `task_id`, with its retries and its rendered
`template_fields`; `default_args` fill the arguments of its `__init__`, as Airflow's metaclass does it. The
classes of `airflow_compat` (`BaseOperator`, `BaseSensorOperator`, ...) do both. A call keeps its spelling:
made inside a `TaskGraph` block, the object registers itself, as it does in a DAG's block.

What a class asks of Airflow that the helper does not have is told for each task (DF410, DF601), and makes
it a manual one.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/howto/custom-operator.html
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from dagferry.constructs._base import Call, Case, Construct, Replacement
from dagferry.constructs._operator_attributes import NOT_CALLED
from dagferry.constructs._option_names import OF_CLASSES
from dagferry.constructs._options import read_options
from dagferry.constructs._signatures import arguments_of
from dagferry.messages import reason
from dagferry.model.task import FunctionKey, Task
from dagferry.source.abstract import Abstract, ClassValue, Unknown
from dagferry.source.functions import generates
from dagferry.source.graph_builder import make_task
from dagferry.source.project import ParsedModule
from dagferry.source.tracing import TracedCall
from dagferry.syntax import grammar
from dagferry.syntax.walking import below

_HELPER = "airflow_compat"
_HOMES = {
    "BaseOperator": (
        "airflow.models.BaseOperator",
        "airflow.models.baseoperator.BaseOperator",
        "airflow.operators.BaseOperator",
        "airflow.sdk.BaseOperator",
        "airflow.sdk.bases.operator.BaseOperator",
        "airflow.sdk.definitions.baseoperator.BaseOperator",
    ),
    "BaseSensorOperator": (
        "airflow.operators.sensors.BaseSensorOperator",
        "airflow.sensors.base.BaseSensorOperator",
        "airflow.sensors.base_sensor_operator.BaseSensorOperator",
        "airflow.sdk.BaseSensorOperator",
        "airflow.sdk.bases.sensor.BaseSensorOperator",
    ),
    "apply_defaults": ("airflow.utils.decorators.apply_defaults",),
    "PythonSensor": (
        "airflow.contrib.sensors.python_sensor.PythonSensor",
        "airflow.sensors.python.PythonSensor",
        "airflow.providers.standard.sensors.python.PythonSensor",
    ),
}
_STANDARD = (
    "airflow.operators.PythonOperator",
    "airflow.operators.python.PythonOperator",
    "airflow.operators.python_operator.PythonOperator",
    "airflow.providers.standard.operators.python.PythonOperator",
    "airflow.operators.BashOperator",
    "airflow.operators.bash.BashOperator",
    "airflow.operators.bash_operator.BashOperator",
    "airflow.providers.standard.operators.bash.BashOperator",
    "airflow.operators.DummyOperator",
    "airflow.operators.dummy.DummyOperator",
    "airflow.operators.dummy_operator.DummyOperator",
    "airflow.operators.empty.EmptyOperator",
    "airflow.providers.standard.operators.empty.EmptyOperator",
)
_METHODS = (grammar.FunctionDef, grammar.AsyncFunctionDef)
# Airflow's classes, by the name under which their arguments are recorded.
_SIGNATURES = {"BaseSensorOperator": "PythonSensor", "DummyOperator": "EmptyOperator"}
Classes = Sequence[tuple[grammar.ClassDef, ParsedModule]]


class FolderOperator(Construct):
    """A class of the folder that derives from a base class of Airflow's, or a standard operator."""

    grade = "adapted"
    by_class = True
    base_classes = (
        *(
            name
            for kind in ("BaseOperator", "BaseSensorOperator", "PythonSensor")
            for name in _HOMES[kind]
        ),
        *_STANDARD,
    )
    replaces: ClassVar[dict[str, Replacement]] = {
        name: Replacement(module=_HELPER, name=kind)
        for kind, names in _HOMES.items()
        for name in names
    }

    def trace(self, call: TracedCall) -> Abstract | None:
        """A task, even where the class gives itself its `task_id`."""
        if not isinstance(call.callee, ClassValue) or "task_id" in call.given.named:
            return None
        name = Unknown("task_id")
        return make_task(call.node, name, call.given, call.scope, call.machine, callee=call.callee)

    def lower(self, call: Call) -> Task:
        """The call as it is. Raises Refused for what a class of the folder does otherwise in a flow."""
        assert isinstance(call.callee, ClassValue)
        classes = call.arguments.project.classes(call.callee.node, call.callee.module)
        own = {one for each, _ in classes for one in _own_arguments(each)}
        options = read_options(call, *own, *OF_CLASSES)
        _unknown_arguments(call, own | _consumed(classes))
        _refuse_methods(call, classes)
        return Task(
            construct=self.name,
            span=call.arguments.module.source.span(call.node),
            name=call.name,
            options=options,
            function=_callable(call),
            by_class=True,
            ignored=tuple(call.ignored),
            methods=tuple(_methods(classes)),
        )

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.models import BaseOperator


                class CopyTable(BaseOperator):
                    template_fields = ("table",)

                    def __init__(self, *, table, **kwargs):
                        super().__init__(**kwargs)
                        self.table = table

                    def execute(self, context):
                        print("copy", self.table, context["ds"])


                with DAG("copies", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    CopyTable(task_id="copy", table="orders_{{ ds }}", dag=dag)
                """,
            after="""\
                from datetime import datetime

                from prefect import flow

                from airflow_compat import BaseOperator, TaskGraph, airflow_run


                class CopyTable(BaseOperator):
                    template_fields = ("table",)

                    def __init__(self, *, table, **kwargs):
                        super().__init__(**kwargs)
                        self.table = table

                    def execute(self, context):
                        print("copy", self.table, context["ds"])


                @flow(name="copies", log_prints=True)
                def copies(logical_date: datetime | None = None):
                    run = airflow_run(logical_date)
                    with TaskGraph(run) as graph:
                        CopyTable(task_id="copy", table="orders_{{ ds }}")
                    return graph.leaves


                if __name__ == "__main__":
                    copies()
                """,
            findings=("DF502",),
            grade="adapted",
        ),
        Case(
            name="a class that is no operator",
            before="""\
                class CopyTable:
                    def __init__(self, task_id):
                        self.task_id = task_id

                    def execute(self, context):
                        print("copy", context)


                CopyTable(task_id="copy")
                """,
        ),
        Case(
            name="a method that the helper lacks",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.models import BaseOperator


                class Count(BaseOperator):
                    def execute(self, context):
                        raise NotImplementedError(self.xcom_pull(context, task_ids="rows"))


                with DAG("counts", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
                    Count(task_id="count")
                """,
            after="""\
                from datetime import datetime

                from prefect import flow

                from airflow_compat import BaseOperator, TaskGraph, airflow_run


                class Count(BaseOperator):
                    def execute(self, context):
                        raise NotImplementedError(self.xcom_pull(context, task_ids="rows"))


                @flow(name="counts", log_prints=True)
                def counts(logical_date: datetime | None = None):
                    run = airflow_run(logical_date)
                    with TaskGraph(run) as graph:
                        Count(task_id="count")
                    return graph.leaves


                if __name__ == "__main__":
                    counts()
                """,
            findings=("DF502", "DF410"),
            grade="manual",
            run=False,
        ),
    )


def _callable(call: Call) -> FunctionKey | None:
    """What a class that derives from PythonOperator calls."""
    found = call.arguments.find("python_callable")
    return None if found is None else call.function_of(found)


def _own_arguments(node: grammar.ClassDef) -> Iterator[str]:
    """The arguments that its `__init__` names."""
    for one in node.body:
        if isinstance(one, _METHODS) and one.name == "__init__":
            yield from (each.arg for each in below(one.args, grammar.Parameter))


def _consumed(classes: Classes) -> set[str]:
    """Words of the classes: `kwargs.pop("table")` takes an argument that no `__init__` names."""
    return {
        one.value
        for node, _ in classes
        for one in below(node, grammar.Constant)
        if isinstance(one.value, str)
    }


def _unknown_arguments(call: Call, own: set[str]) -> None:
    kind = call.origin.rpartition(".")[2]
    known = arguments_of(_SIGNATURES.get(kind, kind)) | own
    if "PythonSensor" not in kind and kind in _SIGNATURES:
        known -= {"python_callable", "op_args", "op_kwargs", "templates_dict"} - own
    for name in call.arguments.given:
        if name not in known:
            call.refuse(*reason("argument", argument=name))


def _refuse_methods(call: Call, classes: Classes) -> None:
    """Methods that a flow runs otherwise, or not at all."""
    for method in _all_methods(classes):
        if method.name in NOT_CALLED:
            call.refuse("DF410", f"`{method.name}`, which a flow never calls,")
        if method.name in {"execute", "poke"} and generates(method):
            call.refuse(*reason("generator", function=method.name))
        if method.name in {"execute", "poke"} and isinstance(method, grammar.AsyncFunctionDef):
            call.refuse("DF413", f"`{method.name}`, an `async def`,")


def _all_methods(classes: Classes) -> Iterator[grammar.FunctionDef | grammar.AsyncFunctionDef]:
    for node, _ in classes:
        yield from (one for one in node.body if isinstance(one, _METHODS))


def _methods(classes: Classes) -> Iterator[FunctionKey]:
    """The functions of the folder that a run may come to."""
    for node, module in classes:
        for one in node.body:
            if isinstance(one, _METHODS):
                name = ".".join([*_around(node), node.name, one.name])
                yield FunctionKey(module=module.name, name=name)


def _around(node: grammar.Node) -> Iterator[str]:
    """The functions and classes that a class stands in, outermost first."""
    if node.owner >= 0:
        owner = node.home.nodes[node.owner]
        yield from _around(owner)
        yield str(getattr(owner, "name", ""))
