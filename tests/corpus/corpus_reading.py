"""Counts DAGs and tasks in a file by means of its own, to hold the converter's records against."""

from __future__ import annotations

import ast
from collections.abc import Iterator

NOT_TASKS = {"override", "partial"}


def imports(tree: ast.AST) -> dict[str, str]:
    """Local name -> qualified name, of every import wherever it stands."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.asname or a.name: a.name for a in node.names}
    return found


def dag_lines(tree: ast.AST) -> Iterator[tuple[int, int]]:
    """The first and last line of what makes each DAG: `DAG(...)` calls and `@dag` functions."""
    names = imports(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _ends_with(node.func, names, "DAG"):
            yield node.lineno, node.end_lineno or node.lineno
        elif isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                inner = decorator.func if isinstance(decorator, ast.Call) else decorator
                if _ends_with(inner, names, "dag"):
                    yield decorator.lineno, node.end_lineno or node.lineno


def _ends_with(node: ast.expr, names: dict[str, str], wanted: str) -> bool:
    if isinstance(node, ast.Name):
        origin = names.get(node.id, "")
        return origin.startswith("airflow") and origin.endswith(f".{wanted}")
    return isinstance(node, ast.Attribute) and node.attr == wanted


def task_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call of an operator: it has a `task_id` that is not meant for another call."""
    decorators = {
        id(decorator)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or id(node) in decorators:
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in NOT_TASKS:
            continue
        if _is_operator(node):
            yield node


def _is_operator(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name[:1].isupper() and any(keyword.arg == "task_id" for keyword in node.keywords)


def spelled_id(call: ast.Call) -> str:
    """The task id of an operator call as the output must have it: its text, or its expression."""
    (value,) = [keyword.value for keyword in call.keywords if keyword.arg == "task_id"]
    if isinstance(value, ast.Constant):
        return str(value.value)
    text = ast.unparse(value)
    return text[2:-1] if isinstance(value, ast.JoinedStr) else text
