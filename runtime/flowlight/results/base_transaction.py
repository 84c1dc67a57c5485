"""What every transaction does: begin, stage a value, commit or roll back, end.

https://docs.prefect.io/v3/advanced/transactions. Details: observed in Prefect 3.8.8. What a commit
and a rollback do is written once, as steps (`Aside`) that the two kinds of transaction, and the
logic of task runs, each take in their own way.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Generator
from functools import partial
from typing import TYPE_CHECKING, Any

from flowlight.commands import Aside
from flowlight.context import active_transaction, transaction_variable
from flowlight.errors import ConfigurationError, SerializationError
from flowlight.results.transaction_facts import Hook, TransactionFacts
from flowlight.results.transaction_states import CommitMode, IsolationLevel, TransactionState

if TYPE_CHECKING:
    from flowlight.results.store import ResultStore

__all__ = ["BaseTransaction", "Hook"]

Steps = Generator[Aside, Any, bool]

# Constants: `TransactionState.ACTIVE` is a slow look-up in Python 3.11.
_, _ACTIVE, _, _COMMITTED, _ROLLED_BACK = TransactionState
_LAZY = CommitMode.LAZY
_ENDED = (_ROLLED_BACK, _COMMITTED)
_UNLOCKED = IsolationLevel.READ_COMMITTED


class BaseTransaction(TransactionFacts):
    """What both kinds of transaction do, step by step."""

    _enters_once = True
    _twin = ""  # before the names of the store's methods

    def enter(self) -> None:
        """From now on, this is the transaction around the code of the caller."""
        self._token = transaction_variable.set(self)

    def leave(self) -> None:
        """It has ended; from now on, the one around it is around the code of the caller."""
        self.is_open = False
        if self._token is not None:
            transaction_variable.reset(self._token)
            self._token = None

    def begin_at_once(self, parent: BaseTransaction | None) -> bool:
        """Begin inside of `parent`; false when the steps of `looking` are still to be taken."""
        if self.is_open and self._enters_once:
            raise RuntimeError("Context already entered. Context enter calls cannot be nested.")
        self.around = parent
        self.commit_mode = self.commit_mode or (parent.commit_mode if parent else _LAZY)
        if self.isolation_level is None:
            # Observed in Prefect 3.8.8: a transaction without one takes that of its parent.
            self.isolation_level = parent.isolation_level if parent else _UNLOCKED
        self.state = _ACTIVE
        self.is_open = True
        return self._quiet and self.isolation_level is _UNLOCKED

    def beginning(self) -> Generator[Aside, Any, None]:
        """The steps of its begin."""
        if not self.begin_at_once(active_transaction()):
            yield from self.looking()

    def looking(self) -> Generator[Aside, Any, None]:
        """The steps after it has begun: take the lock, look for a record of the key."""
        key = self.key
        store = self.store if key else None
        if key is None or store is None:
            return
        level = self.isolation_level or _UNLOCKED
        if not store.supports_isolation_level(level):
            raise ConfigurationError(
                f"Isolation level {level.name} is not supported by provided"
                " configuration. Please ensure you've provided a lock file directory or lock"
                " manager when using the SERIALIZABLE isolation level."
            )
        if level is IsolationLevel.SERIALIZABLE:
            self._holder = str(uuid.uuid4())
            yield Aside(partial(self._of(store, "acquire_lock"), key, holder=self._holder))
        if not self.overwrite and (yield Aside(partial(self._of(store, "exists"), key))):
            self.state = _COMMITTED

    def end_at_once(self) -> bool:
        """End, when nothing is to be kept or undone and nobody is to be told; else false.

        What `ending` does then, without its steps: a call of a task without options ends so.
        """
        if self.children or self.on_commit_hooks or self.write_on_commit or self._holder:
            return False
        if self.commit_mode is not _LAZY or self.state in _ENDED:
            return False
        parent = self.around
        if parent is None:
            self.state = _COMMITTED
        else:
            parent.children.append(self)
        self.leave()
        return True

    def ending(self, error: BaseException | None = None) -> Generator[Aside, Any, None]:
        """The steps of its end; `error` is what escaped from inside."""
        parent = self.around
        if error is not None:
            yield from self.rolling_back()
        else:
            if self.commit_mode is CommitMode.EAGER:
                yield from self.committing()
            if parent is None and self.commit_mode is CommitMode.OFF:
                yield from self.rolling_back()
            elif parent is None and self.commit_mode is _LAZY:
                yield from self.committing()
        self.leave()
        if parent is not None:
            parent.children.append(self)
            if self.is_rolled_back():
                yield from parent.rolling_back()

    def reading(self) -> Generator[Aside, Any, Any]:
        """The step that reads the record of its key; None without one."""
        if not self.key or self.store is None:
            return None
        read = self._of(self.store, "read")
        return (yield Aside(partial(read, self.key, holder=self._holder or None)))

    def committing(self) -> Steps:
        """The steps of a commit, children first; whether it is committed by them."""
        if self.state in _ENDED:
            self._unlock()
            return False
        try:
            for child in self.children:
                yield from child.committing()
            for hook in self.on_commit_hooks:
                yield from self._running(hook, "commit")
            if self.write_on_commit and self.key and self.store is not None:
                yield Aside(self._writing(self.store))
        except SerializationError as error:
            self.logger.warning(
                f"Encountered an error while serializing result for transaction {self.key!r}:"
                f" {error} Code execution will continue, but the transaction will not be committed."
            )
            yield from self.rolling_back()
            return False
        except Exception as error:  # a hook of the user's, a full disk
            self.logger.error(
                f"An error was encountered while committing transaction {self.key!r}: {error!r}"
            )
            yield from self.rolling_back()
            return False
        self.state = _COMMITTED
        self._unlock()
        return True

    def rolling_back(self) -> Steps:
        """The steps of a rollback, last hook first, then the children; whether they undid it."""
        if self.state in _ENDED:
            return False
        try:
            for hook in reversed(self.on_rollback_hooks):
                yield from self._running(hook, "rollback")
            self.state = _ROLLED_BACK
            for child in reversed(self.children):
                yield from child.rolling_back()
        except Exception as error:  # a hook of the user's
            self.logger.error(
                f"An error was encountered while rolling back transaction {self.key!r}: {error!r}"
            )
            return False
        finally:
            self._unlock()
        return True

    def _running(self, hook: Hook, kind: str) -> Generator[Aside, Any, None]:
        quiet = not getattr(hook, "log_on_run", True)
        name = _name(hook)
        if not quiet:
            self.logger.info(f"Running {kind} hook {name!r}")
        try:
            yield Aside(hook, (self,))
        except Exception:
            self.logger.error(f"An error was encountered while running {kind} hook {name!r}")
            raise
        if not quiet:
            self.logger.info(f"{kind.capitalize()} hook {name!r} finished running successfully")

    def _of(self, store: ResultStore, name: str) -> Callable[..., Any]:
        """A method of the store; of coroutines, the twin that is awaited."""
        found: Callable[..., Any] = getattr(store, f"{self._twin}{name}")
        return found

    def _writing(self, store: ResultStore) -> Callable[[], Any]:
        from flowlight.results.records import ResultRecord

        if isinstance(self._staged, ResultRecord):
            keep = self._of(store, "persist_result_record")
            return partial(keep, self._staged, holder=self._holder)
        return partial(self._of(store, "write"), self._staged, key=self.key, holder=self._holder)

    def _unlock(self) -> None:
        if self._holder:
            assert self.store is not None  # it gave the lock
            assert self.key is not None
            self.store.release_lock(self.key, holder=self._holder)
            self._holder = ""


def _name(hook: Any) -> str:
    if hasattr(hook, "__name__"):
        return str(hook.__name__)
    return str(hook.func.__name__ if isinstance(hook, partial) else type(hook).__name__)
