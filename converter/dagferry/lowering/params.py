"""Reads the params of a DAG as parameters of its flow, with the validation that they have.

Airflow checks params against a JSON schema when a run is triggered:
https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/params.html
Prefect checks parameters against their annotations with pydantic:
https://docs.prefect.io/v3/concepts/flows#parameters
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagferry.errors import Impossible
from dagferry.lowering.param_schemas import type_of
from dagferry.lowering.reserved_names import BY_PREFECT
from dagferry.messages import reason
from dagferry.model.dag import Param, ParamType
from dagferry.source.arguments import Arguments
from dagferry.source.constants import Located
from dagferry.source.scope import qualified
from dagferry.syntax import grammar

if TYPE_CHECKING:
    from dagferry.lowering.header import Header

# The two that pydantic's models have themselves: `prefect.flows.Flow.validate_parameters` (3.8.8).
_NO_PARAMETERS = BY_PREFECT | {"logical_date", "model_config", "model_dump"}
_PARAMS = frozenset(
    {"airflow.models.param.Param", "airflow.sdk.Param", "airflow.models.Param"}
    | {"airflow.sdk.definitions.param.Param"}
)
_DICTS = frozenset({"airflow.models.param.ParamsDict", "airflow.sdk.definitions.param.ParamsDict"})
# What only describes a param in the form of Airflow's user interface.
_DESCRIBING = frozenset(
    {"description", "description_md", "title", "section", "examples", "values_display"}
    | {"custom_html_form", "source"}
)


def read_params(arguments: Arguments, header: Header) -> None:
    """Put the params into the header; one that cannot be a parameter gives the DAG up."""
    found = arguments.find("params")
    if found is None:
        return
    try:
        if found.value is None or arguments.fold(found) is None:
            items = {} if _is_none(found) else arguments.items(_inner(found))
        else:
            items = arguments.items(found)
    except Impossible:
        try:
            items = arguments.items(_inner(found))
        except Impossible:
            header.refusals.append(reason("computed params"))
            return
    for name, item in items.items():
        _read_param(name, item, arguments, header)


def _is_none(found: Located) -> bool:
    return isinstance(found.node, grammar.Constant) and found.node.value is None


def _inner(found: Located) -> Located:
    """The dict of `ParamsDict({...})`."""
    match found.node:
        case grammar.Call(func=function, args=[inner]) if (
            qualified(function, found.module.imports) in _DICTS
        ):
            return Located(inner, found.module)
    return found


def _read_param(name: str, found: Located, arguments: Arguments, header: Header) -> None:
    if not name.isidentifier() or name.startswith("_") or name in _NO_PARAMETERS:
        header.refusals.append(reason("name of a param", param=name))
        return
    node, kind = found.node, None
    if isinstance(node, grammar.Call) and qualified(node.func, found.module.imports) in _PARAMS:
        default, kind = _schema(name, node, found, arguments, header)
        if default is None:
            header.refusals.append(reason("param without a default", param=name))
            return
        found = Located(default, found.module, None, found.spelled)
    try:
        value = arguments.as_value(found)
    except Impossible:
        header.refusals.append(reason("default of a param", param=name))
        return
    header.params = (*header.params, Param(name=name, default=value, type=kind))


def _schema(
    name: str, node: grammar.Call, found: Located, arguments: Arguments, header: Header
) -> tuple[grammar.Expression | None, ParamType | None]:
    """The default of a `Param(...)`, and the annotation that refuses what its schema refuses."""
    named = {k.arg: k.value for k in node.keywords}
    default = node.args[0] if node.args else named.pop("default", None)
    given = {key: value for key, value in named.items() if key not in _DESCRIBING}
    try:
        schema = {
            str(key): arguments.fold(Located(value, found.module)) for key, value in given.items()
        }
        if None in given:
            raise Impossible
        kind = type_of(schema)
    except Impossible:
        header.tell("validation of a param", found, param=name)
        return default, None
    return default, kind
