"""Transactions: what happened inside is kept when they commit, undone by hooks when they roll back.

https://docs.prefect.io/v3/advanced/transactions. Details: observed in Prefect 3.8.8. Two kinds, for
ordinary code and for coroutines, take the same steps (`base_transaction.py`), each in its own way.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

from flowlight.blocking import settle
from flowlight.commands import Aside
from flowlight.context import active_transaction
from flowlight.results.base_transaction import BaseTransaction
from flowlight.results.transaction_states import CommitMode, IsolationLevel, TransactionState

if TYPE_CHECKING:
    from typing_extensions import Self

    from flowlight.results.store import ResultStore

__all__ = [
    "AsyncTransaction",
    "BaseTransaction",
    "CommitMode",
    "IsolationLevel",
    "Transaction",
    "TransactionState",
    "atransaction",
    "get_transaction",
    "transaction",
]


class Transaction(BaseTransaction):
    """A transaction of ordinary code: `with transaction() as txn`."""

    def __enter__(self) -> Self:
        """Begin."""
        take(self.beginning())
        self.enter()
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        """End: commit, roll back, or leave it to the transaction around."""
        take(self.ending(error))

    def commit(self) -> bool:
        """Keep it now; whether it is kept by this."""
        return bool(take(self.committing()))

    def rollback(self) -> bool:
        """Undo it now; whether it is undone by this."""
        return bool(take(self.rolling_back()))

    def read(self) -> Any:
        """The record of its key; None without one."""
        return take(self.reading())


class AsyncTransaction(BaseTransaction):
    """A transaction of coroutines: `async with atransaction() as txn`."""

    _enters_once = False  # observed in Prefect 3.8.8
    _twin = "a"

    async def __aenter__(self) -> Self:
        """Begin."""
        await atake(self.beginning())
        self.enter()
        return self

    async def __aexit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        """End: commit, roll back, or leave it to the transaction around."""
        await atake(self.ending(error))

    def __enter__(self) -> None:
        """`NotImplementedError`: it takes `async with`."""
        raise NotImplementedError(
            "AsyncTransaction does not support the `with` statement. Use the `async with` statement"
            " instead."
        )

    def __exit__(self, *_: object) -> None:
        """Never reached."""

    async def commit(self) -> bool:
        """Keep it now; whether it is kept by this."""
        return bool(await atake(self.committing()))

    async def rollback(self) -> bool:
        """Undo it now; whether it is undone by this."""
        return bool(await atake(self.rolling_back()))

    async def read(self) -> Any:
        """The record of its key; None without one."""
        return await atake(self.reading())


def take(steps: Generator[Aside, Any, Any]) -> Any:
    """Take the steps here and now; what they return."""
    try:
        step = next(steps)
        while True:
            try:
                answer = settle(step.fn(*step.args))
            except BaseException as error:  # noqa: PERF203  # the steps decide what each means
                step = steps.throw(error)
            else:
                step = steps.send(answer)
    except StopIteration as end:
        return end.value


async def atake(steps: Generator[Aside, Any, Any]) -> Any:
    """Take the steps without standing in the way of the loop; what they return."""
    from flowlight.drive_async import aside

    try:
        step = next(steps)
        while True:
            try:
                answer = await aside(step)
            except BaseException as error:  # noqa: PERF203  # the steps decide what each means
                step = steps.throw(error)
            else:
                step = steps.send(answer)
    except StopIteration as end:
        return end.value


def get_transaction() -> BaseTransaction | None:
    """The innermost transaction around the running code."""
    return active_transaction()


@contextmanager
def transaction(
    key: str | None = None,
    store: ResultStore | None = None,
    commit_mode: CommitMode | None = None,
    isolation_level: IsolationLevel | str | None = None,
    overwrite: bool = False,
    write_on_commit: bool = True,
    logger: Any = None,
) -> Iterator[Transaction]:
    """Inside: a transaction. With a `key` its staged value is kept in `store` under it.

    A record of the key that is there already commits the transaction at once, unless `overwrite`.
    """
    with Transaction(
        key, _store(key, store), commit_mode, isolation_level, overwrite, write_on_commit, logger
    ) as made:
        yield made


@asynccontextmanager
async def atransaction(
    key: str | None = None,
    store: ResultStore | None = None,
    commit_mode: CommitMode | None = None,
    isolation_level: IsolationLevel | str | None = None,
    overwrite: bool = False,
    write_on_commit: bool = True,
    logger: Any = None,
) -> AsyncIterator[AsyncTransaction]:
    """`transaction` for coroutines."""
    async with AsyncTransaction(
        key, _store(key, store), commit_mode, isolation_level, overwrite, write_on_commit, logger
    ) as made:
        yield made


def _store(key: str | None, store: ResultStore | None) -> ResultStore | None:
    """The store that was given, else the one of the run around; with its metadata beside results."""
    from flowlight.results.running import get_result_store
    from flowlight.results.store import NullFileSystem

    found = get_result_store() if key and not store else store
    if found is not None and isinstance(found.metadata_storage, NullFileSystem):
        return found.model_copy(update={"metadata_storage": None})
    return found
