"""What a transaction is told and holds: its key, its store, what is staged, who is to be told.

https://docs.prefect.io/v3/advanced/transactions. Details: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from contextvars import Token
from typing import TYPE_CHECKING, Any

from flowlight.context import active_transaction
from flowlight.errors import MissingContextError
from flowlight.options import NotSet
from flowlight.results.transaction_states import CommitMode, IsolationLevel, TransactionState

if TYPE_CHECKING:
    from flowlight.results.base_transaction import BaseTransaction
    from flowlight.results.store import ResultStore

__all__ = ["Hook", "TransactionFacts"]

Hook = Callable[[Any], Any]

# Constants: `TransactionState.ACTIVE` is a slow look-up in Python 3.11.
_PENDING, _ACTIVE, _STAGED, _COMMITTED, _ROLLED_BACK = TransactionState


class TransactionFacts:
    """What a transaction holds, and what may be asked of it.

    `key` and `store` may be functions, called when they are needed. A `quiet` one knows that there
    is no record of its key, and does not look for it.
    """

    def __init__(
        self,
        key: str | Callable[[], str | None] | None = None,
        store: ResultStore | Callable[[], ResultStore] | None = None,
        commit_mode: CommitMode | None = None,
        isolation_level: IsolationLevel | str | None = None,
        overwrite: bool = False,
        write_on_commit: bool = True,
        logger: Any = None,
        *,
        quiet: bool = False,
    ) -> None:
        self._key = key
        self._store = store
        self._quiet = quiet
        self.commit_mode = None if commit_mode is None else CommitMode(commit_mode)
        self.isolation_level = None if isolation_level is None else IsolationLevel(isolation_level)
        self.overwrite = overwrite
        self.write_on_commit = write_on_commit
        self.state = _PENDING
        self.children: list[BaseTransaction] = []
        self.on_commit_hooks: list[Hook] = []
        self.on_rollback_hooks: list[Hook] = []
        self._logger = logger
        self._values: dict[str, Any] = {}
        self._staged: Any = None
        self._holder = ""
        self.around: BaseTransaction | None = None
        self._token: Token[Any] | None = None
        self.is_open = False

    @property
    def store(self) -> ResultStore | None:
        """Where the record is kept."""
        if callable(self._store):
            self._store = self._store()
        return self._store

    @property
    def key(self) -> str | None:
        """Under which key the record is kept; None keeps none."""
        if callable(self._key):
            self._key = self._key()
        return self._key

    @property
    def logger(self) -> Any:
        """Where hooks and failures are told."""
        if self._logger is None:
            self._logger = _logger()
        return self._logger

    def set(self, name: str, value: Any) -> None:
        """Keep a value for the hooks and for the rest of the transaction."""
        self._values[name] = value

    def get(self, name: str, default: Any = NotSet) -> Any:
        """A copy of a value, also out of the transactions around; `ValueError` when none has it."""
        if name in self._values:
            return copy.deepcopy(self._values[name])
        parent = self.get_parent()
        if parent is not None:
            return parent.get(name, default)
        if default is NotSet:
            raise ValueError(f"Could not retrieve value for unknown key: {name}")
        return default

    def is_committed(self) -> bool:
        """Whether it is kept; true from the start when there was a record of its key."""
        return self.state is _COMMITTED

    def is_rolled_back(self) -> bool:
        """Whether it was undone."""
        return self.state is _ROLLED_BACK

    def is_staged(self) -> bool:
        """Whether there is a value to keep."""
        return self.state is _STAGED

    def is_pending(self) -> bool:
        """Whether it has not begun."""
        return self.state is _PENDING

    def is_active(self) -> bool:
        """Whether it has begun and nothing has been staged."""
        return self.state is _ACTIVE

    @classmethod
    def get_active(cls) -> BaseTransaction | None:
        """The innermost transaction around the running code."""
        return active_transaction()

    def get_parent(self) -> BaseTransaction | None:
        """The transaction around this one; once it has ended, the one around the running code."""
        # Observed in Prefect 3.8.8: hooks that run at the very end find no transaction around.
        return self.around if self.is_open else active_transaction()

    def stage(
        self,
        value: Any,
        on_rollback_hooks: list[Hook] | None = None,
        on_commit_hooks: list[Hook] | None = None,
    ) -> None:
        """Say what is to be kept at the commit, and who is to be told."""
        if self.state is not _COMMITTED:
            self._staged = value
            self.on_rollback_hooks += on_rollback_hooks or ()
            self.on_commit_hooks += on_commit_hooks or ()
            self.state = _STAGED


def _logger() -> Any:
    import logging  # slow to import, and most transactions have nothing to tell

    from flowlight.logs import get_run_logger

    try:
        return get_run_logger()
    except MissingContextError:
        return logging.getLogger("prefect.transactions")
