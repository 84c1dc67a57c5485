"""Assets, which Airflow 2 calls datasets: addresses of data that tasks say they read or write.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/assets.html;
checks of addresses and names were observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from daglight.scope import scope

__all__ = [
    "Asset",
    "AssetAccessControl",
    "AssetAlias",
    "AssetAll",
    "AssetAny",
    "AssetExpression",
    "AssetRef",
    "Dataset",
    "Metadata",
]

_LONGEST = 1500


@dataclass
class AssetAccessControl:
    """Which teams may write and read an asset, which is the scheduler's business."""

    producer_teams: list[str] = field(default_factory=list)
    consumer_teams: list[str] | None = None
    allow_global: bool = True


class AssetExpression:
    """What a DAG can be scheduled on: assets, joined by `&` and `|`."""

    def __or__(self, other: Any) -> Any:
        return AssetAny(self, other) if isinstance(other, AssetExpression) else NotImplemented

    def __and__(self, other: Any) -> Any:
        return AssetAll(self, other) if isinstance(other, AssetExpression) else NotImplemented


class _Joined(AssetExpression):
    def __init__(self, *objects: Any) -> None:
        if not all(isinstance(one, AssetExpression) for one in objects):
            kind = "asset" if scope.airflow_3 else "dataset"
            raise TypeError(f"expect {kind} expressions in condition")
        self.objects: Sequence[AssetExpression] = list(objects)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(str, self.objects))})"


class AssetAny(_Joined):
    """Any of its parts."""

    def __or__(self, other: Any) -> Any:
        return (
            AssetAny(*self.objects, other) if isinstance(other, AssetExpression) else NotImplemented
        )


class AssetAll(_Joined):
    """All of its parts."""

    def __and__(self, other: Any) -> Any:
        return (
            AssetAll(*self.objects, other) if isinstance(other, AssetExpression) else NotImplemented
        )


class Asset(AssetExpression, os.PathLike[str]):
    """A name and an address; Airflow 2 knows the address only, as the one positional argument."""

    asset_type = "asset"

    def __init__(
        self,
        name: str | None = None,
        uri: Any = None,
        *,
        group: str | None = None,
        extra: dict[str, Any] | None = None,
        watchers: Sequence[Any] | None = None,
        access_control: AssetAccessControl | None = None,
    ) -> None:
        if not scope.airflow_3:
            if name is not None:
                uri, extra = name, uri if extra is None else extra
            self.uri = self.name = _checked_uri_2(uri)
            self.extra = extra
            return
        if name is None and uri is None:
            raise TypeError("Asset() requires either 'name' or 'uri'")
        self.name = self._checked("name", str(uri) if name is None else name)
        self.uri = _clean(
            str(self._checked("uri", self.name if uri is None else str(uri))), "Asset"
        )
        self.group = self.asset_type if group is None else group
        self.extra, self.watchers = extra or {}, list(watchers or ())
        self.access_control = access_control or AssetAccessControl()

    @staticmethod
    def ref(*, name: str = "", uri: str = "") -> AssetRef:
        """The asset of that name or address, wherever it is defined."""
        if bool(name) == bool(uri):
            raise TypeError(
                "Asset reference must be made to either name or URI, not both"
                if name
                else "Asset reference expects keyword argument 'name' or 'uri'"
            )
        return AssetRef(name, uri)

    def _checked(self, what: str, value: str) -> str:
        kind = type(self).__name__
        if len(value) > _LONGEST:
            raise ValueError(f"{kind} {what} cannot exceed {_LONGEST} characters")
        if value.isspace():
            raise ValueError(f"{kind} {what} cannot be just whitespace")
        if not value:
            raise ValueError(f"{kind} {what} cannot be empty")
        if what == "name" and value in ("self", "context"):
            raise ValueError(f"prohibited name for asset: {value}")
        return value

    def _key(self) -> tuple[Any, ...]:
        if not scope.airflow_3:
            return (self.uri,)
        return (self.name, self.uri, self.group, repr(sorted((self.extra or {}).items())))

    def __fspath__(self) -> str:
        return str(self.uri)

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Asset) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        if not scope.airflow_3:
            return f"Dataset(uri={self.uri!r}, extra={self.extra!r})"
        return (
            f"{type(self).__name__}(name={self.name!r}, uri={self.uri!r}, group={self.group!r}, "
            f"extra={self.extra!r}, watchers={self.watchers!r}, "
            f"access_control={self.access_control!r})"
        )


@dataclass(frozen=True)
class AssetRef(AssetExpression):
    """An asset by its name or by its address."""

    name: str
    uri: str


class Dataset(Asset):
    """An asset by its name of Airflow 2."""

    asset_type = "dataset"


class Model(Asset):
    """An asset that is a model."""

    asset_type = "model"


class AssetAlias(AssetExpression):
    """A name under which a task says at run time which assets it wrote."""

    def __init__(self, name: str, *, group: str = "asset") -> None:
        if not name:
            raise ValueError("AssetAlias name cannot be empty")
        self.name, self.group = name, group

    def __eq__(self, other: object) -> bool:
        return self.name == other.name if isinstance(other, AssetAlias) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        if not scope.airflow_3:
            return f"DatasetAlias(name={self.name!r})"
        return f"AssetAlias(name={self.name!r}, group={self.group!r})"


class DatasetAlias(AssetAlias):
    """An alias by its name of Airflow 2."""


class Metadata:
    """What a task yields to say something about an asset that it wrote."""

    def __init__(
        self, asset: Any = None, extra: dict[str, Any] | None = None, alias: Any = None, **old: Any
    ) -> None:
        self.asset = asset if asset is not None else old.pop("target", None)
        self.extra = extra or {}
        self.alias = getattr(alias, "name", alias)
        if old:
            raise TypeError(f"Metadata() got an unexpected keyword argument {next(iter(old))!r}")


def assets_in(values: Any) -> Iterator[Any]:
    """The assets and aliases of `inlets` or `outlets`, at any depth."""
    if values is None:
        return
    if isinstance(values, _Joined):
        yield from assets_in(values.objects)
    elif isinstance(values, (Asset, AssetAlias)):
        yield values
    elif isinstance(values, (list, tuple, set)):
        for value in values:
            yield from assets_in(value)


def _checked_uri_2(uri: Any) -> str:
    text = str(uri or "")
    if not text:
        raise ValueError("Dataset URI cannot be empty")
    if text.isspace():
        raise ValueError("Dataset URI cannot be just whitespace")
    if not text.isascii():
        raise ValueError("Dataset URI must only consist of ASCII characters")
    return _clean(text, "Dataset")


def _clean(uri: str, kind: str) -> str:
    """The address in its usual form: no password, no slash at the end, sorted query."""
    parts = urlsplit(uri)
    scheme = parts.scheme.lower()
    if not scheme or scheme.startswith("x-"):
        return uri
    if scheme == "airflow":
        raise ValueError(f"{kind} scheme 'airflow' is reserved")
    place = parts.netloc
    if parts.password or not scope.airflow_3:
        place = place.rpartition("@")[2]
    query = urlencode(sorted(parse_qsl(parts.query)))
    path = parts.path.rstrip("/") or "/"
    return urlunsplit((scheme, place, path, query, ""))
