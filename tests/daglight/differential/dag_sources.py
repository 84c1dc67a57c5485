"""Writes a plan as the DAG file that a person could have written."""

from __future__ import annotations

from collections.abc import Iterator

from dag_mapping import expansion, expansion_of_operator, helpers
from dag_plans import DagPlan, TaskPlan

_IMPORTS = {
    2: {
        "DAG": "airflow",
        "AirflowFailException": "airflow.exceptions",
        "AirflowSkipException": "airflow.exceptions",
        "TaskGroup": "airflow.utils.task_group",
        "task": "airflow.decorators",
        "task_group": "airflow.decorators",
        "PythonOperator": "airflow.operators.python",
        "BranchPythonOperator": "airflow.operators.python",
        "ShortCircuitOperator": "airflow.operators.python",
        "BashOperator": "airflow.operators.bash",
        "EmptyOperator": "airflow.operators.empty",
        "PythonSensor": "airflow.sensors.python",
    },
    3: {
        "DAG": "airflow.sdk",
        "AirflowFailException": "airflow.sdk.exceptions",
        "AirflowSkipException": "airflow.sdk.exceptions",
        "TaskGroup": "airflow.sdk",
        "task": "airflow.sdk",
        "task_group": "airflow.sdk",
        "PythonOperator": "airflow.providers.standard.operators.python",
        "BranchPythonOperator": "airflow.providers.standard.operators.python",
        "ShortCircuitOperator": "airflow.providers.standard.operators.python",
        "BashOperator": "airflow.providers.standard.operators.bash",
        "EmptyOperator": "airflow.providers.standard.operators.empty",
        "PythonSensor": "airflow.providers.standard.sensors.python",
    },
}
_OPERATORS = {
    "python": "PythonOperator",
    "branch": "BranchPythonOperator",
    "short circuit": "ShortCircuitOperator",
    "sensor": "PythonSensor",
}
_DECORATORS = {
    "taskflow": "task",
    "taskflow branch": "task.branch",
    "taskflow short circuit": "task.short_circuit",
}


def source(dag: DagPlan) -> str:
    """The file of a plan."""
    groups = _group_ids(dag)
    functions = [text for one in dag.tasks for text in _function(dag, one, groups)]
    options = ", ".join(
        [f"start_date=datetime(2024, 1, 1, tzinfo=timezone.utc), {_called(dag.options)}"]
    )
    body = [*_tasks(dag, groups), *_edges(dag)]
    text = "\n\n\n".join(
        [
            *functions,
            f'with DAG("{dag.dag_id}", {options}):\n' + "\n".join(f"    {one}" for one in body),
        ]
    )
    text = "\n\n\n".join([*helpers(text), text])
    if "=called" in text:
        text = f"def called(context):\n    print('called')\n\n\n{text}"
    return f"{_imports(dag.version, text)}\n\n\n{text}\n"


def full_id(name: str, groups: dict[str, str]) -> str:
    """The task id with those of the groups around it."""
    return f"{groups[name]}.{name}" if groups[name] else name


def _group_ids(dag: DagPlan) -> dict[str, str]:
    """Task -> the id of its group; tasks in a row that are in one group share it."""
    found, before, number = {}, "", 0
    for index, task in enumerate(dag.tasks):
        if task.group != before:
            before, number = task.group, index
        outer, dot, inner = task.group.partition(".")
        found[task.name] = f"{outer}{number}{dot}{inner}" if task.group else ""
    return found


def _imports(version: int, text: str) -> str:
    known = _IMPORTS[version]
    modules: dict[str, list[str]] = {}
    for name, module in known.items():
        used = name == "task" and ("@task(" in text or "@task." in text)
        if used or f"{name}(" in text.replace("@task(", ""):
            modules.setdefault(module, []).append(name)
    lines = [f"from {module} import {', '.join(names)}" for module, names in modules.items()]
    return "\n".join(["from datetime import datetime, timedelta, timezone", "", *sorted(lines)])


def _called(options: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name}={value}" for name, value in options)


def _arguments(dag: DagPlan, task: TaskPlan, groups: dict[str, str]) -> dict[str, str]:
    """Parameter -> the expression that is given for it in the DAG."""
    found = (
        {"item": "item"} if task.in_each and task.kind not in ("bash", "empty", "sensor") else {}
    )
    found |= {f"text{at}": repr(one) for at, one in enumerate(task.templates)}
    for at, one in enumerate(task.inputs):
        upstream = dag.task(one.source)
        output = one.source if upstream.kind in _DECORATORS else f"{one.source}.output"
        if one.route == "argument":
            found[f"given{at}"] = output
        elif one.route == "argument key":
            found[f"given{at}"] = f'{output}["{one.key}"]'
        elif one.route.startswith("template"):
            key = ", key='a'" if one.key else ""
            pull = f"ti.xcom_pull('{full_id(one.source, groups)}'{key})"
            found[f"given{at}"] = f'"{{{{ {pull} }}}}"'
    return found


def _function(dag: DagPlan, task: TaskPlan, groups: dict[str, str]) -> Iterator[str]:
    if task.kind in ("bash", "empty"):
        return
    if task.kind == "sensor":
        yield f"def do_{task.name}(pokes=[]):\n    pokes.append(1)\n    return len(pokes) > 2"
        return
    items = ["item"] if task.takes_item else []
    if task.over == "two" and task.kind in _DECORATORS:
        items.append("other")
    parameters = [*items, *(one for one in _arguments(dag, task, groups) if one != "item")]
    if task.kind in _DECORATORS:
        parameters.append("ti=None")
    else:
        parameters.append("**context" if len(task.name) % 2 else "ti")
    lines = [*_pulls(task, groups), *_body(task, parameters, groups)]
    head = f"def do_{task.name}({', '.join(parameters)}):"
    if task.kind in _DECORATORS:
        extra = ', "multiple_outputs": True' if task.body == "spreads" else ""
        options = [f'task_id="{task.name}"', *_options(task)]
        options += ["multiple_outputs=True"] if extra else []
        head = f"@{_DECORATORS[task.kind]}({', '.join(options)})\n{head}"
    uses = any("ti." in line for line in lines)
    if "**context" in parameters and uses:
        lines.insert(0, 'ti = context["ti"]')
    yield "\n    ".join([head, *lines])


def _pulls(task: TaskPlan, groups: dict[str, str]) -> Iterator[str]:
    for at, one in enumerate(task.inputs):
        name = full_id(one.source, groups)
        calls = {
            "pull": f'ti.xcom_pull(task_ids="{name}")',
            "pull key": f'ti.xcom_pull(task_ids="{name}", key="{one.key}")',
            "pull list": f'list(ti.xcom_pull(task_ids=["{name}"]))',
            "pull several": f'list(ti.xcom_pull(task_ids=["{name}", "{name}"]))',
            "pull index": f'ti.xcom_pull(task_ids="{name}", map_indexes=0)',
            "pull indexes": f'list(ti.xcom_pull(task_ids="{name}", map_indexes=[1, 0]))',
            "pull default": f'ti.xcom_pull(task_ids="{name}", key="none", default="without")',
        }
        if one.route in calls:
            yield f"pulled{at} = {calls[one.route]}"


def _body(task: TaskPlan, parameters: list[str], groups: dict[str, str]) -> Iterator[str]:
    names = [one for one in parameters if one.startswith(("item", "other", "text", "given"))]
    names += [f"pulled{at}" for at, one in enumerate(task.inputs) if "pull" in one.route]
    yield f"print({', '.join([repr(task.name), *names])})"
    lists = [f"{kind}{at}" for at, one in enumerate(task.inputs) for kind in _LISTED if one.listed]
    names = [f"list({one} or [])" if one in lists else one for one in names]
    value = f"[{', '.join([task.value, *names])}]" if names else task.value
    if "at first" in task.body:
        yield from _fails_at_first(task)
    elif task.body.endswith("for one"):
        yield "if ti.map_index == 1:"
        error = "ValueError" if task.body.startswith("fails") else "AirflowSkipException"
        yield f'    raise {error}("not {task.name}")'
        yield f"return {value}"
        return
    elif task.body == "fails":
        yield f'raise ValueError("no {task.name}")'
        return
    elif task.body == "gives up":
        yield f'raise AirflowFailException("enough {task.name}")'
        return
    elif task.body == "skips":
        yield f'raise AirflowSkipException("not {task.name}")'
        return
    if task.body == "pushes":
        yield f'ti.xcom_push(key="a", value={value})'
        yield 'ti.xcom_push(key="b", value="second")'
    elif "branch" in task.kind:
        yield f"return {_chosen(task, groups)}"
    elif "circuit" in task.kind:
        yield f"return {task.value}"
    elif task.body == "spreads":
        yield f'return {{"a": {value}, "b": "second"}}'
    elif task.body != "says nothing":
        yield f"return {value}"


_LISTED = ("given", "pulled")


def _fails_at_first(task: TaskPlan) -> Iterator[str]:
    if task.body.startswith("pushes"):
        yield 'ti.xcom_push(key="a", value=ti.try_number)'
    yield "if ti.try_number <= 1:"
    yield f'    raise KeyError("again {task.name}")'


def _chosen(task: TaskPlan, groups: dict[str, str]) -> str:
    ids = [full_id(one, groups) for one in task.chosen]
    return repr(ids[0]) if len(ids) == 1 else repr(ids or None)


def _options(task: TaskPlan) -> list[str]:
    rule = [] if task.rule == "all_success" else [f'trigger_rule="{task.rule}"']
    return [*rule, *(f"{name}={value}" for name, value in task.options)]


def _tasks(dag: DagPlan, groups: dict[str, str]) -> Iterator[str]:
    before = ""
    for at, task in enumerate(dag.tasks):
        group = groups[task.name]
        outer, _, inner = group.partition(".")
        indent = "    " * (bool(outer) + bool(inner))
        if group and group != before:
            yield from _opened(dag, task, groups)
            if inner:
                yield f'    with TaskGroup("{inner}"):'
        before = group
        yield f"{indent}{task.name} = {_made(dag, task, groups)}"
        after = dag.tasks[at + 1] if at + 1 < len(dag.tasks) else None
        if task.in_each and (after is None or groups[after.name] != group):
            yield from _closed(dag, task, groups)


def _opened(dag: DagPlan, first: TaskPlan, groups: dict[str, str]) -> Iterator[str]:
    outer = groups[first.name].partition(".")[0]
    if not first.in_each:
        yield f'with TaskGroup("{outer}"):'
        return
    names = [one.name for one in dag.tasks if groups[one.name] == groups[first.name]]
    yield f'@task_group(group_id="{outer}")'
    yield f"def {outer}(item):"
    yield f"    global {', '.join(names)}"


def _closed(dag: DagPlan, last: TaskPlan, groups: dict[str, str]) -> Iterator[str]:
    """The edges of a mapped group, and the call that makes it."""
    group = groups[last.name]
    for one in dag.tasks:
        if groups[one.name] == group:
            yield from (f"    {line}" for line in _edges_of(one))
    over, source = last.over_items, last.over_source
    if source:
        over = source if dag.task(source).kind in _DECORATORS else f"{source}.output"
    yield f"{group.partition('.')[0]}.expand(item={over})"


def _made(dag: DagPlan, task: TaskPlan, groups: dict[str, str]) -> str:
    given = _arguments(dag, task, groups)
    if task.kind in _DECORATORS:
        arguments = ", ".join(f"{name}={value}" for name, value in given.items())
        if task.over:
            partial = f".partial({arguments})" if arguments else ""
            return f"do_{task.name}{partial}{expansion(dag, task)}"
        return f"do_{task.name}({arguments})"
    options = [f'task_id="{task.name}"', *_options(task)]
    if task.kind == "empty":
        return f"EmptyOperator({', '.join(options)})"
    if task.kind == "bash":
        return f"BashOperator({', '.join(options)}, bash_command={_command(task, given)})"
    options.append(f"python_callable=do_{task.name}")
    pairs = ", ".join(f'"{name}": {value}' for name, value in given.items())
    if task.over == "items" and len(task.name + task.over_items) % 2:
        items = f'[{{"item": item, {pairs}}} for item in {task.over_items}]'
        return f"PythonOperator.partial({', '.join(options)}).expand(op_kwargs={items})"
    if task.over:
        options += [f"op_kwargs={{{pairs}}}"] if pairs else []
        return f"PythonOperator.partial({', '.join(options)}){expansion_of_operator(dag, task)}"
    if task.kind == "sensor":
        options.append("poke_interval=60")
    if pairs:
        options.append(f"op_kwargs={{{pairs}}}")
    return f"{_OPERATORS[task.kind]}({', '.join(options)})"


def _command(task: TaskPlan, given: dict[str, str]) -> str:
    code = {"fails": 3, "skips": 99}.get(task.body, 0)
    texts = [value[1:-1] for value in given.values()]
    return '"""cat <<\'END\'\n' + "\n".join([task.name, *texts]) + f'\nEND\nexit {code}"""'


def _edges(dag: DagPlan) -> Iterator[str]:
    for task in dag.tasks:
        if not task.in_each:
            yield from _edges_of(task)


def _edges_of(task: TaskPlan) -> Iterator[str]:
    if task.upstream:
        ups = task.upstream
        left = ups[0] if len(ups) == 1 else f"[{', '.join(ups)}]"
        yield f"{left} >> {task.name}"
    if task.setup_of:
        yield f"{task.name}.as_teardown(setups={task.setup_of})"
