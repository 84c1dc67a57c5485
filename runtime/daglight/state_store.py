"""`task_state_store` and `asset_state_store` of Airflow 3.3: what outlives a try, or belongs to an asset.

Observed in Airflow 3.3.2. What is stored lives as long as the run, for there is no other.
"""

from __future__ import annotations

import json
from typing import Any

from daglight.asset_names import resolved
from daglight.assets import Asset
from daglight.errors import NotSupported

__all__ = [
    "NEVER_EXPIRE",
    "AssetStateStoreAccessor",
    "AssetStateStoreAccessors",
    "TaskStateStoreAccessor",
]

_METHODS = ("get", "set", "delete", "clear")
_ASYNC = tuple(f"a{name}" for name in _METHODS)
#: For `retention`, which has no meaning within one run.
NEVER_EXPIRE = object()


class _Store:
    """The values of one task instance or one asset, by key."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or the default."""
        return json.loads(self._values[key]) if key in self._values else default

    def _set(self, key: str, value: Any) -> None:
        if value is None:
            raise ValueError("Cannot set value as None")
        self._values[key] = json.dumps(value)

    def delete(self, key: str) -> None:
        """Forget one."""
        self._values.pop(key, None)

    def clear(self) -> None:
        """Forget all."""
        self._values.clear()


class TaskStateStoreAccessor(_Store):
    """Of one task instance, over all its tries."""

    def set(self, key: str, value: Any, *, retention: Any = None) -> None:  # noqa: ARG002
        """Keep a value for later tries."""
        self._set(key, value)


class AssetStateStoreAccessor(_Store):
    """Of one asset."""

    def set(self, key: str, value: Any) -> None:
        """Keep a value with the asset."""
        self._set(key, value)

    def __getattr__(self, name: str) -> Any:
        if name in _ASYNC:
            raise NotSupported(f"asset_state_store ({name})")
        raise AttributeError(name)


class AssetStateStoreAccessors:
    """Asset -> its values; with a single asset, its methods too."""

    def __init__(self, task: Any, stores: dict[str, dict[str, str]]) -> None:
        known = {one.name: one for one in resolved([task.inlets, task.outlets])}
        self._stores = {
            name: AssetStateStoreAccessor(stores.setdefault(name, {}))
            for name, one in known.items()
            if isinstance(one, Asset)
        }

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, Asset):
            kind = type(key).__name__
            raise TypeError(f"Expected Asset, AssetNameRef, or AssetUriRef; got {kind}")
        if key.name not in self._stores:
            raise KeyError(f"{key!r} is not in this task's inlets or outlets")
        return self._stores[key.name]

    def __getattr__(self, name: str) -> Any:
        if name not in (*_METHODS, *_ASYNC):
            raise AttributeError(name)
        return lambda *args, **kwargs: getattr(self._single(), name)(*args, **kwargs)

    def _single(self) -> AssetStateStoreAccessor:
        if len(self._stores) != 1:
            raise ValueError(
                f"Task has {len(self._stores)} concrete inlets and outlets — use "
                "context['asset_state_store'][MY_ASSET] to specify which"
            )
        return next(iter(self._stores.values()))
