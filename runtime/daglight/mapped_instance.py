"""What a try of a mapped instance does beyond any other: become an operator, have a name.

Observed in Airflow 2.11.2 and 3.3.2: values of other tasks are not rendered again, and what is
mapped over must be a list, a tuple or a dict.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from daglight.events import Named, Sink
from daglight.exceptions import (
    UnmappableXComLengthPushed,
    UnmappableXComTypePushed,
    XComForMappingNotPushed,
)
from daglight.expand_input import is_mappable
from daglight.instance import TaskInstance
from daglight.mapped_dependants import has_mapped_dependants
from daglight.templates import Renderer

__all__ = ["check_mappable", "name_instance", "render_instance"]


#: Airflow's default of `[core] max_map_length`.
_MAX_MAP_LENGTH = 1024


class _Keeping(Renderer):
    """Leaves some values as they are."""

    def __init__(self, inner: Renderer, kept: list[Any]) -> None:
        super().__init__(inner._dag)
        self._environments = inner._environments
        self._kept = {id(one) for one in kept}

    def render(self, value: Any, context: dict[str, Any], extensions: Sequence[str] = ()) -> Any:
        if id(value) in self._kept:
            return value
        return super().render(value, context, extensions)


def render_instance(
    ti: TaskInstance, context: dict[str, Any], renderer: Renderer
) -> dict[str, Any]:
    """Render the templated fields, of a mapped task those of the operator of this instance."""
    if not ti.task.is_mapped:
        return renderer.render_fields(ti.task, context)
    task, kept = ti.task.unmap(context)  # type: ignore[attr-defined]
    ti.task = context["task"] = task
    return _Keeping(renderer, kept).render_fields(task, context)


def name_instance(
    ti: TaskInstance, context: dict[str, Any], renderer: Renderer, sink: Sink
) -> None:
    """Render `map_index_template` with what the body may have added to the context."""
    template = ti.task.map_index_template  # type: ignore[attr-defined]
    if template is not None:
        name = renderer.environment.from_string(template).render(context)
        sink(Named(ti.task_id, name, map_index=ti.map_index))


def check_mappable(ti: TaskInstance, result: Any) -> None:
    """An exception when others are mapped over the task and can not be over this value."""
    if ti.map_index >= 0 and ti.task.mapped_group is None:
        return
    if not has_mapped_dependants(ti.record.source, ti.task_id):
        return
    if result is None:
        raise XComForMappingNotPushed("did not push XCom for task mapping")
    if not is_mappable(result):
        raise UnmappableXComTypePushed(f"unmappable return type {type(result).__qualname__!r}")
    if len(result) > _MAX_MAP_LENGTH:
        found = f"unmappable return value length: {len(result)} > {_MAX_MAP_LENGTH}"
        raise UnmappableXComLengthPushed(found)
