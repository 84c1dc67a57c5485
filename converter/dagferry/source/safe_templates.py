"""Templates whose rendering cannot fail: they may be rendered before their task runs.

What is not known to be safe counts as unsafe. `dag_run.conf["table"]` fails where no such key was
given, `var.value.x` where it is not set.
"""

from __future__ import annotations

from typing import Any

from dagferry.model.context_names import DATES, ONLY_AIRFLOW_2

_MAY_BE_NONE = frozenset(
    {"prev_ds", "prev_ds_nodash", "next_ds", "next_ds_nodash"}
    | {"prev_execution_date", "next_execution_date"}
)
_MOMENTS = frozenset(["logical_date", "execution_date", "data_interval_start", "data_interval_end"])
_PARTS_OF_MOMENTS = frozenset(["year", "month", "day", "hour", "minute", "second", "microsecond"])
_FILTERS_OF_MOMENTS = frozenset(["ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz"])
_FILTERS_OF_TEXTS = frozenset(["upper", "lower", "title", "trim", "length", "replace", "string"])
_METHODS_OF_TEXTS = frozenset(
    ["upper", "lower", "title", "strip", "replace", "removeprefix", "removesuffix"]
)
# Beyond these, a date is none any more.
_DAYS = 100_000


def known_filters() -> frozenset[str]:
    """The names of the filters that Airflow's templates have without being told."""
    from jinja2.filters import FILTERS

    return frozenset(FILTERS) | _FILTERS_OF_MOMENTS


def never_fails(source: str, version: int) -> bool:
    """Whether Jinja renders the template in any run that has the params which it reads."""
    import jinja2
    from jinja2 import nodes

    environment = jinja2.Environment()  # noqa: S701 - parsed, never rendered
    environment.filters.update(dict.fromkeys(_FILTERS_OF_MOMENTS, str))
    try:
        tree = environment.parse(source)
    except jinja2.TemplateSyntaxError:
        return False
    known = DATES - ONLY_AIRFLOW_2 if version != 2 else DATES
    safe = _Safe(known)
    return all(
        isinstance(one, nodes.Output) and all(map(safe.printed, one.nodes)) for one in tree.body
    )


class _Safe:
    """Expressions of Jinja that have a value in any run."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known

    def printed(self, node: Any) -> bool:
        from jinja2 import nodes

        match node:
            case nodes.TemplateData() | nodes.Const():
                return True
            case nodes.Name():
                return node.name in self.known
            case nodes.Getattr(node=nodes.Name(name="params")):
                return True
            case nodes.Getattr(node=nodes.Name(name="dag_run")):
                return node.attr in {"run_id", "dag_id", "logical_date", "run_type"}
            case nodes.Getattr(node=nodes.Name(name=name)) if name in _MOMENTS & self.known:
                return node.attr in _PARTS_OF_MOMENTS
            case nodes.Filter(node=nodes.Name(name=name)) if node.name in _FILTERS_OF_MOMENTS:
                return name in _MOMENTS & self.known and _all_constant(node)
        return self._text(node)

    def _text(self, node: Any) -> bool:
        """Whether the expression surely is a string."""
        from jinja2 import nodes

        match node:
            case nodes.Const(value=str()):
                return True
            case nodes.Name():
                texts = self.known - _MAY_BE_NONE - _MOMENTS
                return node.name in texts
            case nodes.Concat():
                return all(map(self.printed, node.nodes))
            case nodes.Filter(node=inner) if inner is not None:
                of_texts = node.name in _FILTERS_OF_TEXTS and self._text(inner)
                of_moments = node.name in _FILTERS_OF_MOMENTS and isinstance(inner, nodes.Name)
                return (of_texts and _all_constant(node)) or (of_moments and self.printed(node))
            case nodes.Call(node=nodes.Getattr(node=nodes.Name(name="macros"), attr="ds_add")):
                return self._shifted(node)
            case nodes.Call(node=nodes.Getattr(node=nodes.Name(name=name), attr="strftime")):
                return name in _MOMENTS & self.known and _one_text(node)
            case nodes.Call(node=nodes.Getattr(node=inner, attr=name)):
                return name in _METHODS_OF_TEXTS and self._text(inner) and _all_constant(node)
            case nodes.Getitem(node=inner, arg=nodes.Slice()):
                return self._text(inner) and _whole_numbers(node.arg)
        return False

    def _shifted(self, node: Any) -> bool:
        """`macros.ds_add(ds, -1)` with a day of the run."""
        from jinja2 import nodes

        match node.args:
            case [nodes.Name(name=name), days] if not node.kwargs:
                of_days = {"ds", "yesterday_ds", "tomorrow_ds"} & self.known
                number = _number(days)
                return name in of_days and number is not None and abs(number) < _DAYS
        return False


def _number(node: Any) -> int | None:
    from jinja2 import nodes

    match node:
        case nodes.Const(value=int(value)):
            return value
        case nodes.Neg(node=nodes.Const(value=int(value))):
            return -value
    return None


def _one_text(node: Any) -> bool:
    from jinja2 import nodes

    match node.args:
        case [nodes.Const(value=str())]:
            return not node.kwargs
    return False


def _all_constant(node: Any) -> bool:
    """Whether all arguments are strings, and as many as such a method may have."""
    from jinja2 import nodes

    wanted = {"replace": (2,), "removeprefix": (1,), "removesuffix": (1,)}
    name = getattr(node, "name", None) or node.node.attr
    texts = all(isinstance(one, nodes.Const) and isinstance(one.value, str) for one in node.args)
    plain = not node.kwargs and node.dyn_args is None and node.dyn_kwargs is None
    return texts and plain and len(node.args) in wanted.get(name, (0,))


def _whole_numbers(node: Any) -> bool:
    return (
        all(one is None or _number(one) is not None for one in (node.start, node.stop))
        and node.step is None
    )
