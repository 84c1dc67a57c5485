"""What random tasks are mapped over, and how that is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from dag_plans import DagPlan, TaskPlan

#: What stands in the file itself; `two`: every combination of two arguments.
LITERAL = ("items", "items", "two", "kwargs")
#: What another task has to push.
FROM_XCOM = ("xcom", "xcom", "map", "zip", "concat", "kwargs of xcom")
ITEMS = ("[1, 2]", "[5]", "[]", "['a', 'b', 'c']", "{'k': 1, 'l': 2}")
#: Functions that the forms above need.
HELPERS = {
    "as_item": "def as_item(one):\n    return {'item': one}",
    "changed": "def changed(one):\n    return ['changed', one]",
    "as_args": "def as_args(one):\n    return [one]",
    "as_op_args": "def as_op_args(one):\n    return {'op_args': [one]}",
}


def mapped(random: Random, task: TaskPlan, settled: Sequence[TaskPlan]) -> TaskPlan:
    """The task, mapped over something in the file or over what one of those tasks pushes."""
    sources = [one for one in settled if one.kind in ("python", "taskflow", "bash")]
    lists = [one for one in sources if one.over or one.value[0] in "[{" or one.inputs]
    sources = lists if lists and random.random() < 0.9 else sources
    if sources and random.random() < 0.6:
        source = random.choice(sources)
        over = random.choice(FROM_XCOM)
        if over == "zip" and (source.value[0] == "{" or source.body == "spreads"):
            over = "map"  # Airflow 3 stores what zip makes of a dict, and cannot read it again
        return _told(replace(task, over=over, over_source=source.name), source)
    return replace(task, over=random.choice(LITERAL), over_items=random.choice(ITEMS))


def _told(task: TaskPlan, source: TaskPlan) -> TaskPlan:
    """The task without a callback on which `dag.test()` of Airflow 3.3.2 breaks off.

    Over a dict, `map` cannot be read; then a callback of a retry that is not in a list ends the task.
    """
    if source.value[0] == "{" or source.body == "spreads":
        kept = [one for one in task.options if one[0] != "on_retry_callback"]
        return replace(task, options=tuple(kept))
    return task


def expansion(dag: DagPlan, task: TaskPlan) -> str:
    """The call that maps a task made by a decorated function: `.expand(...)`."""
    given = _reference(dag, task) if task.over_source else _as_list(task)
    if "kwargs" in task.over:
        return f".expand_kwargs({_kwargs(task, given, 'item')})"
    more = ", other=['x', 'y']" if task.over == "two" else ""
    return f".expand(item={_changed(task, given)}{more})"


def expansion_of_operator(dag: DagPlan, task: TaskPlan) -> str:
    """The same for a `PythonOperator`: each instance gets its element as a positional argument."""
    given = _reference(dag, task) if task.over_source else _as_list(task)
    if "kwargs" in task.over:
        return f".expand_kwargs({_kwargs(task, given, 'op_args')})"
    if task.over_source:
        return f".expand(op_args={_changed(task, given)}.map(as_args))"
    more = ", templates_dict=[{'n': 'x'}, {'n': '{{ ds }}'}]" if task.over == "two" else ""
    return f".expand(op_args=[[one] for one in {given}]{more})"


def helpers(text: str) -> Iterator[str]:
    """The functions that a file uses."""
    return (made for name, made in HELPERS.items() if f"({name})" in text)


def _as_list(task: TaskPlan) -> str:
    return task.over_items


def _reference(dag: DagPlan, task: TaskPlan) -> str:
    decorated = dag.task(task.over_source).kind.startswith("taskflow")
    return task.over_source if decorated else f"{task.over_source}.output"


def _changed(task: TaskPlan, given: str) -> str:
    changes = {
        "map": f"{given}.map(changed)",
        "zip": f"{given}.zip({given}.map(changed))",
        "concat": f"{given}.concat({given})",
    }
    return changes.get(task.over, given)


def _kwargs(task: TaskPlan, given: str, into: str) -> str:
    if task.over_source:
        return f"{given}.map({'as_item' if into == 'item' else 'as_op_args'})"
    element = "one" if into == "item" else "[one]"
    return f"[{{'{into}': {element}}} for one in {given}]"
