"""The `default_args` that hold for a call: what reading knows of them, and whether the flow can name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dagferry.constructs._base import Refused, Unread
from dagferry.errors import Impossible
from dagferry.lowering.header import Header
from dagferry.messages import reason
from dagferry.source.abstract import GroupValue, Known
from dagferry.source.constants import Located
from dagferry.source.followed_values import followed_items
from dagferry.syntax.spelling import spelled


@dataclass(frozen=True)
class Defaults:
    """`items` are those that are known, `unread` says why they are not. `named`: the flow has them, too."""

    items: Mapping[str, Located] = field(default_factory=dict)
    unread: Refused | None = None
    named: bool = True


def defaults_of(headers: Sequence[Header], groups: Sequence[Sequence[GroupValue]]) -> Defaults:
    """Those of a call that makes tasks of the DAGs with these headers, in these open groups."""
    named = all(one.defaults is not None or has_none(one) for one in headers)
    unread = [one.unread_defaults for one in headers if one.unread_defaults is not None]
    if unread:
        return Defaults(unread=unread[0], named=named)
    try:
        inside = [group_defaults(one) for one in groups]
    except Refused as refused:
        return Defaults(unread=Unread(refused.code, refused.subject), named=named)
    found = [{**one.default_args, **own} for one, own in zip(headers, inside)]
    if any(_spelled(other) != _spelled(found[0]) for other in found[1:]):
        if any(groups):
            what = Unread(*reason("groups with different defaults"))
            return Defaults(unread=what, named=named)
        several = Unread(*reason("DAGs with different defaults"))
        return Defaults(unread=several, named=named)
    return Defaults(found[0] if found else {}, named=named)


def group_defaults(groups: Iterable[GroupValue]) -> dict[str, Located]:
    """The `default_args` of open groups, the inner ones over the outer.

    Airflow 2.11.2 and 3.3.2 lay them over those of the DAG. Raises Refused where they are computed.
    """
    found: dict[str, Located] = {}
    for group in groups:
        if group.default_args is None:
            continue
        origin, value = group.default_args
        try:
            found |= followed_items(Located(origin.node, origin.scope.module, value))
        except Impossible:
            raise Refused(*reason("group with computed defaults")) from None
    return found


def has_none(header: Header) -> bool:
    return header.unread_defaults is None and not header.default_args


def _spelled(items: Mapping[str, Located]) -> dict[str, str]:
    return {name: _meaning(item) for name, item in items.items()}


def _meaning(item: Located) -> str:
    if isinstance(item.value, Known):
        return repr(item.value.value)
    return spelled(item.node) + item.module.path
