"""The options of tasks and flows that concern results: what they take, and what follows from it.

https://docs.prefect.io/v3/concepts/caching. How they bear on each other: observed in Prefect 3.8.8.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flowlight.logs import get_logger
from flowlight.options import NotSet, option_names
from flowlight.settings import PREFECT_TASKS_DEFAULT_NO_CACHE, PREFECT_TASKS_DISABLE_CACHING

if TYPE_CHECKING:
    from flowlight.results.policies import CachePolicy

__all__ = [
    "FLOW_RESULT_OPTIONS",
    "NONE_COUNTS",
    "TASK_HOOK_OPTIONS",
    "TASK_RESULT_OPTIONS",
    "FlowResults",
    "TaskResults",
]


class _Results:
    """What tasks and flows share."""

    persist_result: bool | None
    result_storage: Any
    result_serializer: Any
    cache_result_in_memory: bool

    def _set_storage(self, storage: Any, serializer: Any, in_memory: bool) -> None:
        if storage and not isinstance(storage, str) and not _is_place(storage):
            raise TypeError(
                "Result storage configuration must be persisted server-side. Please call `.save()`"
                " on your block before passing it in, or use a string reference like"
                " 'local-file-system/my-storage' instead."
            )
        self.result_storage = storage
        self.result_serializer = serializer
        self.cache_result_in_memory = in_memory


def _is_place(storage: Any) -> bool:
    """Whether it is a path, or a block that was saved."""
    from pathlib import Path  # slow to import

    return isinstance(storage, Path) or getattr(storage, "_block_document_id", None) is not None


class FlowResults(_Results):
    """The part of a flow that says what becomes of its results."""

    def set_results(
        self,
        persist_result: bool | None = None,
        result_storage: Any = None,
        result_serializer: Any = None,
        cache_result_in_memory: bool = True,
    ) -> None:
        """Take the options; `TypeError` for a block that was not saved."""
        if persist_result is None and (result_storage is not None or result_serializer is not None):
            persist_result = True
        self.persist_result = persist_result
        self._set_storage(result_storage, result_serializer, cache_result_in_memory)

    def result_options(self) -> dict[str, Any]:
        """The options for a copy."""
        return {
            "persist_result": self.persist_result,
            "result_storage": self.result_storage,
            "result_serializer": self.result_serializer,
            "cache_result_in_memory": self.cache_result_in_memory,
        }


class TaskResults(_Results):
    """The part of a task that says what becomes of its results."""

    fn: Any
    _policy: Any
    _source: Any = NotSet

    def set_results(
        self,
        cache_policy: Any = NotSet,
        cache_key_fn: Callable[..., str | None] | None = None,
        cache_expiration: timedelta | None = None,
        persist_result: bool | None = None,
        result_storage: Any = None,
        result_storage_key: str | None = None,
        result_serializer: Any = None,
        cache_result_in_memory: bool = True,
        refresh_cache: bool | None = None,
        on_rollback: list[Callable[..., Any]] | None = None,
        on_commit: list[Callable[..., Any]] | None = None,
    ) -> None:
        """Take the options; `TypeError` for what is no cache policy and for an unsaved block."""
        self._given = (cache_policy, persist_result)
        self.cache_key_fn = cache_key_fn
        self.cache_expiration = cache_expiration
        self.refresh_cache = refresh_cache
        self.result_storage_key = result_storage_key
        self._set_storage(result_storage, result_serializer, cache_result_in_memory)
        self.on_rollback_hooks = on_rollback or []
        self.on_commit_hooks = on_commit or []
        self.persist_result = persist_result
        self._policy = NotSet if self._asks_for_nothing() else self._decided()

    def _asks_for_nothing(self) -> bool:
        """Whether it has the default policy whatever a policy is: those are slow to import."""
        others = (self.result_storage_key, self.result_storage, self.result_serializer)
        return (
            self._given == (NotSet, None)
            and not self.cache_key_fn
            and all(option is None for option in others)
            and not PREFECT_TASKS_DEFAULT_NO_CACHE.value()
            and not PREFECT_TASKS_DISABLE_CACHING.value()
        )

    def _decided(self) -> CachePolicy | None:
        """The policy, and whether results are kept, by what was asked for."""
        from flowlight.results.policies import NO_CACHE

        policy = self._asked(_check(self._given[0]), self.cache_key_fn)
        if self.persist_result is None and self._wants_results(policy):
            self.persist_result = True
        if PREFECT_TASKS_DISABLE_CACHING.value():
            policy = NO_CACHE
        return self._allowed(policy)

    @property
    def cache_policy(self) -> CachePolicy | None:
        """The policy that makes the keys of runs; None where `result_storage_key` does."""
        from flowlight.results.policies import DEFAULT

        return DEFAULT if self._policy is NotSet else self._policy

    @cache_policy.setter
    def cache_policy(self, policy: CachePolicy | None) -> None:
        self._policy = policy

    @property
    def has_default_policy(self) -> bool:
        """Whether nothing was ever said of it."""
        return self._policy is NotSet

    def _asked(self, policy: Any, cache_key_fn: Callable[..., str | None] | None) -> Any:
        if policy is not NotSet and cache_key_fn is not None:
            get_logger("tasks").warning(
                f"Both `cache_policy` and `cache_key_fn` are set on task {self}. `cache_key_fn`"
                " will be used."
            )
        from flowlight.results.policies import NO_CACHE, CachePolicy

        if cache_key_fn:
            return CachePolicy.from_cache_key_fn(cache_key_fn)
        return NO_CACHE if policy is NotSet and PREFECT_TASKS_DEFAULT_NO_CACHE.value() else policy

    def _wants_results(self, policy: Any) -> bool:
        """Whether an option that is about results says that there are to be any."""
        from flowlight.results.policies import NO_CACHE, CachePolicy

        caches = isinstance(policy, CachePolicy) and policy != NO_CACHE
        others = (self.result_storage_key, self.result_storage, self.result_serializer)
        return caches or any(option is not None for option in others)

    def _allowed(self, policy: Any) -> CachePolicy | None:
        from flowlight.results.policies import DEFAULT, NO_CACHE, CachePolicy

        if self.persist_result is False:
            if isinstance(policy, CachePolicy) and policy != NO_CACHE:
                get_logger("tasks").warning(
                    "Ignoring `cache_policy` because `persist_result` is False"
                )
            return None if policy is None else NO_CACHE
        if policy is NotSet and self.result_storage_key is None:
            return DEFAULT
        if policy != NO_CACHE and self.result_storage_key:
            return None
        found: CachePolicy | None = policy
        return found

    @property
    def source_code(self) -> str | None:
        """The source text of the function; None where there is none.

        It is read once, and goes along to other processes: there a function may have no file.
        """
        if self._source is NotSet:
            self._source = _source_of(self.fn)
        found: str | None = self._source
        return found

    def __getstate__(self) -> dict[str, Any]:
        """For pickle, with the source text (observed in Prefect 3.8.8)."""
        return {**vars(self), "_source": self.source_code}

    def on_commit(self, fn: Callable[..., Any]) -> Callable[..., Any]:
        """Add a hook for when a run's result is committed; usable as a decorator."""
        self.on_commit_hooks.append(fn)
        return fn

    def on_rollback(self, fn: Callable[..., Any]) -> Callable[..., Any]:
        """Add a hook for when a run is undone by a transaction around it; usable as a decorator."""
        self.on_rollback_hooks.append(fn)
        return fn

    def result_options(self) -> dict[str, Any]:
        """The options as they were given, for a copy."""
        cache_policy, persist_result = self._given
        return {
            "cache_policy": cache_policy,
            "cache_key_fn": self.cache_key_fn,
            "cache_expiration": self.cache_expiration,
            "persist_result": persist_result,
            "result_storage": self.result_storage,
            "result_storage_key": self.result_storage_key,
            "result_serializer": self.result_serializer,
            "cache_result_in_memory": self.cache_result_in_memory,
            "refresh_cache": self.refresh_cache,
            "on_rollback": list(self.on_rollback_hooks),
            "on_commit": list(self.on_commit_hooks),
        }


FLOW_RESULT_OPTIONS = option_names(FlowResults.set_results)
TASK_RESULT_OPTIONS = option_names(TaskResults.set_results)
TASK_HOOK_OPTIONS = frozenset({"on_commit", "on_rollback"})  # of Task(), not of @task

# Options that with_options() sets to None where it is given None.
NONE_COUNTS = frozenset(
    {
        "cache_policy",
        "persist_result",
        "refresh_cache",
        "result_serializer",
        "result_storage",
        "result_storage_key",
    }
)


def _source_of(fn: Any) -> str | None:
    import inspect  # slow to import

    try:
        return inspect.getsource(fn)
    except (TypeError, OSError):
        return None


def _check(policy: Any) -> Any:
    from flowlight.results.policies import CachePolicy

    if policy is None or policy is NotSet or isinstance(policy, CachePolicy):
        return policy
    raise TypeError(
        f"cache_policy takes a CachePolicy such as INPUTS or NO_CACHE, not {policy!r};"
        " a function is given as cache_key_fn"
    )
