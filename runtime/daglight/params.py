"""`Param`, and the parameters of a run: of the DAG, then the task, then the run's conf.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/params.html; values are
judged by JSON schema, formats included, with the library that Airflow uses.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from daglight.errors import RunRefused
from daglight.exceptions import AirflowException, ParamValidationError
from daglight.scope import scope

if TYPE_CHECKING:
    from daglight.dag import DAG

__all__ = ["Param", "ParamsDict", "check_schedulable", "refuse_params", "resolve_params"]

_UNSET: Any = object()


class Param:
    """A default and what a value must be like, in JSON schema."""

    def __init__(
        self,
        default: Any = _UNSET,
        description: str | None = None,
        source: str | None = None,
        **schema: Any,
    ) -> None:
        if default is not _UNSET:
            _check_json(default)
        self.value, self.description, self.source = default, description, source
        self.schema: dict[str, Any] = schema.pop("schema", schema)

    @property
    def has_value(self) -> bool:
        """Whether there is a default, or a value was given; None counts as no value."""
        return self.value is not _UNSET and self.value is not None

    def resolve(self, value: Any = _UNSET, suppress_exception: bool = False) -> Any:
        """The given value, which is then kept, else the default; ParamValidationError if unfit."""
        try:
            found = self._resolved(value)
        except ParamValidationError:
            if suppress_exception:
                return None
            raise
        self.value = found
        return found

    def _resolved(self, value: Any) -> Any:
        if value is not _UNSET:
            _check_json(value)
        found = self.value if value is _UNSET else value
        if found is _UNSET:
            raise ParamValidationError("No value passed and Param has no default value")
        if self.schema:
            _check(found, self.schema)
        return found

    def dump(self) -> dict[str, Any]:
        """The parts as a dict."""
        value = None if self.value is _UNSET else self.value
        return {"value": value, "description": self.description, "schema": self.schema}


class ParamsDict(MutableMapping[str, Any]):
    """Name -> `Param`; reading gives the value, writing one is judged by its schema."""

    def __init__(
        self, dict_obj: Mapping[str, Any] | None = None, suppress_exception: bool = False
    ) -> None:
        self.suppress_exception = suppress_exception
        given = dict_obj.raw() if isinstance(dict_obj, ParamsDict) else dict_obj or {}
        self._params = {name: _as_param(value) for name, value in given.items()}

    def __setitem__(self, name: str, value: Any) -> None:
        if isinstance(value, Param) or name not in self._params:
            self._params[name] = _as_param(value)
            return
        try:
            self._params[name].resolve(value, suppress_exception=self.suppress_exception)
        except ParamValidationError as error:
            raise _invalid(name, error) from None

    def __getitem__(self, name: str) -> Any:
        return self._params[name].resolve(suppress_exception=self.suppress_exception)

    def __delitem__(self, name: str) -> None:
        del self._params[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._params)

    def __len__(self) -> int:
        return len(self._params)

    def __contains__(self, name: object) -> bool:
        return name in self._params

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ParamsDict):
            return self.dump() == other.dump()
        return self.dump() == other if isinstance(other, dict) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self.dump())

    def get_param(self, name: str) -> Param:
        """The `Param` of that name."""
        return self._params[name]

    def raw(self) -> dict[str, Param]:
        """The `Param` objects themselves."""
        return dict(self._params)

    def dump(self) -> dict[str, Any]:
        """The values by name; None for one that does not fit."""
        return {name: one.resolve(suppress_exception=True) for name, one in self._params.items()}

    def validate(self) -> dict[str, Any]:
        """The values by name; ParamValidationError names the first that does not fit."""
        return {name: self._valid(name) for name in self._params}

    def _valid(self, name: str) -> Any:
        try:
            return self[name]
        except ParamValidationError as error:
            raise _invalid(name, error) from None


def resolve_params(declared: Mapping[str, Any], conf: Mapping[str, Any]) -> dict[str, Any]:
    """The declared values of a task, overridden and extended by the run's conf."""
    if not declared and not conf:
        return {}
    params = ParamsDict({name: copy.copy(_as_param(one)) for name, one in declared.items()})
    params.update(conf)
    return params.validate()


def refuse_params(dag: DAG, conf: Mapping[str, Any]) -> None:
    """RunRefused when the params of a DAG, with the run's conf, do not fit their schemas."""
    try:
        resolve_params(dag.params.raw(), conf)
    except ParamValidationError as error:
        raise RunRefused(f"{type(error).__name__}: {error}") from None


def check_schedulable(dag: DAG) -> None:
    """AirflowException or ValueError when a DAG runs by a schedule and its params need a value."""
    if dag.schedule is None:
        return
    try:
        dag.params.validate()
    except ParamValidationError:
        raise _not_schedulable(dag.dag_id) from None


def _not_schedulable(dag_id: str) -> Exception:
    if scope.airflow_3:
        return ValueError(
            f"Dag {dag_id!r} is not allowed to define a Schedule, as there are required params "
            "without default values, or the default values are not valid."
        )
    return AirflowException(
        "DAG is not allowed to define a Schedule, if there are any required params "
        "without default values or default values are not valid."
    )


def _as_param(value: Any) -> Param:
    return value if isinstance(value, Param) else Param(value)


def _invalid(name: str, error: ParamValidationError) -> ParamValidationError:
    return ParamValidationError(f"Invalid input for param {name}: {error}")


def _check_json(value: Any) -> None:
    if not scope.airflow_3:
        return  # Airflow 2.11.2 only warns
    try:
        json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        raise ParamValidationError(
            "All provided parameters must be json-serializable. "
            f"The value '{value}' is not serializable."
        ) from None


def _check(value: Any, schema: dict[str, Any]) -> None:
    from jsonschema import FormatChecker, ValidationError, validate

    try:
        validate(value, schema, format_checker=FormatChecker(_formats()))
    except ValidationError as error:
        raise ParamValidationError(error) from None


def _formats() -> list[str]:
    """The formats that are judged; Airflow 3.3.2 lacks the library for moments (observed)."""
    from jsonschema import FormatChecker

    skipped = {"date-time"} if scope.airflow_3 else set()
    return [name for name in FormatChecker.checkers if name not in skipped]
