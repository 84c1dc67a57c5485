"""Marks on arguments: `unmapped`, `allow_failure`, `quote`, `opaque` and `freeze`.

https://docs.prefect.io/v3/api-ref/python/prefect-utilities-annotations
"""

from __future__ import annotations

from typing import Any

__all__ = ["Annotation", "allow_failure", "freeze", "opaque", "quote", "unmapped"]


class Annotation(tuple[Any, ...]):
    """A value with a mark on it; a tuple of one, as in Prefect."""

    __slots__ = ()

    def __new__(cls, value: Any) -> Annotation:
        return super().__new__(cls, (value,))

    @property
    def value(self) -> Any:
        """The value without the mark."""
        return tuple.__getitem__(self, 0)

    def unwrap(self) -> Any:
        """The value without the mark."""
        return self.value

    def rewrap(self, value: Any) -> Annotation:
        """Another value with the same mark."""
        return type(self)(value)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and tuple.__eq__(self, other)

    __hash__ = None  # type: ignore[assignment]  # as Prefect's

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value!r})"


class unmapped(Annotation):  # noqa: N801  # the names are Prefect's
    """An argument that every run of a `map` gets whole."""

    __slots__ = ()

    def __getitem__(self, _: object) -> Any:
        """The value, at any position."""
        return self.value


class allow_failure(Annotation):  # noqa: N801
    """An argument whose failure does not hold the run back: the exception is passed instead."""

    __slots__ = ()


class quote(Annotation):  # noqa: N801
    """An argument that is passed on as it is: futures and states in it are not looked for."""

    __slots__ = ()

    def unquote(self) -> Any:
        """The value without the mark."""
        return self.value


class opaque(Annotation):  # noqa: N801
    """A future whose result is passed on, or a value that is not looked into."""

    __slots__ = ()


class freeze(Annotation):  # noqa: N801
    """A parameter of a deployment that is not to be changed; `ValueError` when it is not JSON."""

    __slots__ = ()

    def __new__(cls, value: Any) -> freeze:
        """Check the value as it is marked."""
        from pydantic_core import to_json  # slow to import, and rarely needed

        try:
            to_json(value)
        except Exception:
            raise ValueError("Value must be JSON serializable") from None
        return super().__new__(cls, value)  # type: ignore[return-value]  # it is one

    def unfreeze(self) -> Any:
        """The value without the mark."""
        return self.value

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """As the type of a parameter: any value, which is marked (observed in Prefect 3.8.8)."""
        from pydantic_core import core_schema

        plain = core_schema.plain_serializer_function_ser_schema(lambda marked: marked.unfreeze())
        return core_schema.no_info_after_validator_function(
            lambda value: value if isinstance(value, cls) else cls(value),
            core_schema.any_schema(),
            serialization=plain,
        )
