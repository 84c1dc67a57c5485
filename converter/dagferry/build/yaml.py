"""Writes YAML with a fixed order and one style: leaf mappings on one line, texts quoted where needed."""

from __future__ import annotations

from typing import Any

import yaml


class Inline(dict[str, Any]):
    """A mapping that is written on one line."""


class Quoted(str):
    """A text that is written in double quotes."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's signature
        # Lists are indented below their key.
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def _inline(dumper: yaml.SafeDumper, data: Inline) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)


def _quoted(dumper: yaml.SafeDumper, data: Quoted) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(data), style='"')


_Dumper.add_representer(Inline, _inline)
_Dumper.add_representer(Quoted, _quoted)


def dump(data: object) -> str:
    """The data as YAML text, keys in the order that they have."""
    return yaml.dump(
        data,
        Dumper=_Dumper,
        sort_keys=False,
        width=1000,
        allow_unicode=True,
        default_flow_style=False,
    )
