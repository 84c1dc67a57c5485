"""What a body asks of the objects in Airflow's context that those of a flow do not have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dagferry.source.context_parts import lacking_part
from dagferry.syntax import grammar
from dagferry.syntax.walking import below

Path = tuple[str, ...]

_PULLED = ("task_ids", "dag_id", "key", "include_prior_dates", "session")


class PartsAsked:
    """Every `ti.task.owner` and `ti.xcom_pull(...)` of one function.

    `parameters` are those that Airflow fills from its context; `key_of` gives the name of the context
    that an expression looks up (`kwargs["ti"]`).
    """

    def __init__(
        self,
        node: grammar.FunctionDef | grammar.AsyncFunctionDef,
        parameters: Iterable[str],
        key_of: Callable[[grammar.Expression], str | None],
        airflow_version: int,
    ) -> None:
        self.node, self.key_of, self.version = node, key_of, airflow_version
        self.known: dict[str, Path] = {name: (name,) for name in parameters}
        for one in below(node, grammar.Assign):
            match one:
                case grammar.Assign(targets=[grammar.Name(id=name)], value=value) if self._path(
                    value
                ):
                    self.known[name] = self._path(value)

    def lacking(self) -> tuple[str, ...]:
        """Those that a flow does not have, as they are to be named."""
        return tuple(sorted(set(self._found())))

    def _found(self) -> Iterator[str]:
        for node in below(self.node, grammar.Attribute, grammar.Call):
            if isinstance(node, grammar.Attribute) and node.ctx == "load":
                part = lacking_part(self._path(node))
                if part:
                    yield part
            if isinstance(node, grammar.Call) and self._path(node.func)[-1:] == ("xcom_pull",):
                yield from self._arguments(node)

    def _path(self, node: grammar.Expression) -> Path:
        """`("ti", "task")` for `ti.task`; empty for what is not of the context."""
        if isinstance(node, grammar.Name):
            return self.known.get(node.id, ())
        if isinstance(node, grammar.Attribute):
            owner = self._path(node.value)
            return (*owner, node.attr) if owner else ()
        key = self.key_of(node)
        return (key,) if key else ()

    def _arguments(self, call: grammar.Call) -> Iterator[str]:
        """The arguments of a pull with which it means more than one run of this DAG."""
        given: dict[str | None, grammar.Expression] = dict(zip(_PULLED, call.args))
        given |= {keyword.arg: keyword.value for keyword in call.keywords}
        quiet = {"dag_id": None, "include_prior_dates": False, "session": None}
        for name, nothing in quiet.items():
            value = given.get(name)
            if value is not None and not _is(value, nothing) and not _own_dag(value):
                yield f"xcom_pull({name}=...)"
        if "key" in given and _is(given["key"], None) and not self._any_key(given.get("task_ids")):
            yield "xcom_pull(key=None)"

    def _any_key(self, task_ids: grammar.Expression | None) -> bool:
        """Whether Airflow gives the newest XComs of any key in an order that is certain."""
        one = task_ids is None or isinstance(task_ids, grammar.Constant)
        return one and self.version == 2


def _is(node: grammar.Expression, value: object) -> bool:
    return isinstance(node, grammar.Constant) and node.value is value


def _own_dag(node: grammar.Expression) -> bool:
    """`ti.dag_id`, `dag.dag_id`."""
    return isinstance(node, grammar.Attribute) and node.attr == "dag_id"
