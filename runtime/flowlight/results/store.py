"""Keeps results and finds them again: a storage, a serializer, perhaps locks.

https://docs.prefect.io/v3/advanced/results. The rules: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flowlight.blocking import settle
from flowlight.results.locking_store import LockingStore
from flowlight.results.recent import Recent
from flowlight.settings import (
    PREFECT_DEFAULT_RESULT_STORAGE_BLOCK,
    PREFECT_LOCAL_STORAGE_PATH,
    PREFECT_RESULTS_DEFAULT_SERIALIZER,
)

if TYPE_CHECKING:
    from flowlight.results.locks import LockManager
    from flowlight.results.records import ResultRecord

__all__ = ["NullFileSystem", "ResultStore", "default_storage", "resolve_result_storage"]


class NullFileSystem:
    """Keeps nothing: a flow's results are written without their metadata."""

    def read_path(self, path: str) -> None:
        """There is nothing."""

    def write_path(self, path: str, content: bytes) -> None:
        """Let it go."""


def _random_key() -> str:
    return uuid.uuid4().hex


@dataclass
class ResultStore(LockingStore):
    """Where results are kept. What is None is decided at first use, by the settings.

    With `metadata_storage`, what is known about a result is kept apart from it. Without a
    `lock_manager` there are no locks, and no SERIALIZABLE transactions.
    """

    result_storage: Any = None
    metadata_storage: Any = None
    lock_manager: LockManager | None = None
    cache_result_in_memory: bool = True
    serializer: Any = None
    storage_key_fn: Callable[[], str] = _random_key
    cache: Recent = field(default_factory=Recent, repr=False)

    def __post_init__(self) -> None:
        for name in ("result_storage", "metadata_storage"):
            given = getattr(self, name)
            if given is not None and not hasattr(given, "read_path"):
                raise TypeError(
                    f"{name} takes a file system such as LocalFileSystem, not {given!r}"
                )
        if self.serializer is not None and not hasattr(self.serializer, "dumps"):
            raise TypeError(f"serializer takes a Serializer, not {self.serializer!r}")
        self._serializer()

    def model_copy(self, *, update: dict[str, Any] | None = None) -> ResultStore:
        """The same store with some fields changed; what it holds in memory is shared."""
        return dataclasses.replace(self, **(update or {}))

    @property
    def result_storage_block_id(self) -> Any:
        """The id under which the storage is saved as a block; None when it is not."""
        return getattr(self.result_storage, "_block_document_id", None)

    def exists(self, key: str) -> bool:
        """Whether there is a record of this key that may be reused; not for an unreadable one."""
        from flowlight.results.records import ResultRecord, ResultRecordMetadata

        try:
            content = settle((self.metadata_storage or self._storage()).read_path(key))
            if content is None:
                return False
            if self.metadata_storage is not None:
                metadata = ResultRecordMetadata.load_bytes(content)
            else:
                metadata = ResultRecord.deserialize(content).metadata
        except Exception:  # no such file, a storage that is down, a record of another time
            return False
        return _holds(metadata.expiration)

    def read(self, key: str, holder: str | None = None) -> ResultRecord:
        """The record of this key, once nobody else holds its lock; raises what the storage does."""
        holder = holder or self.generate_default_holder()
        if self.lock_manager is not None and not self.is_lock_holder(key, holder):
            self.wait_for_lock(key)
        path = self._path_of(key)
        record = self.cache.get(path)
        if record is not None and _holds(record.expiration):
            return record
        self.cache.forget(path)
        record = self._load(key)
        if self.cache_result_in_memory:
            self.cache.put(path, record)
        record.mark_persisted()
        return record

    def write(
        self,
        obj: Any,
        key: str | None = None,
        expiration: datetime | None = None,
        holder: str | None = None,
    ) -> None:
        """Keep a value; under a key of its own when none is given."""
        if isinstance(self.metadata_storage, NullFileSystem):
            # Observed in Prefect 3.8.8, where it is a TypeError too, of another wording.
            raise TypeError(
                "the store of a flow run takes no writes: they would be without metadata; write in"
                " a task, or to a ResultStore of your own"
            )
        record = self.create_result_record(obj, key, expiration)
        self.persist_result_record(record, holder)

    def create_result_record(
        self, obj: Any, key: str | None = None, expiration: datetime | None = None
    ) -> ResultRecord:
        """The record of a value, not kept yet. In an unsaved storage, its key is a whole path."""
        from flowlight.results.records import ResultRecord, ResultRecordMetadata

        self._storage()
        metadata = ResultRecordMetadata(
            storage_key=self._path_of(key or self.storage_key_fn()),
            expiration=expiration,
            serializer=self._serializer(),
            storage_block_id=self.result_storage_block_id,
        )
        return ResultRecord(obj, metadata)

    def persist_result_record(self, result_record: ResultRecord, holder: str | None = None) -> None:
        """Keep a record; `RuntimeError` when somebody else holds its lock."""
        path = result_record.metadata.storage_key
        assert path is not None  # every record that a store creates has one
        storage, key = self._storage(), self._key_of(result_record)
        holder = holder or self.generate_default_holder()
        if self.lock_manager and self.is_locked(key) and not self.is_lock_holder(key, holder):
            raise RuntimeError(
                f"Cannot write to result record with key {key} because it is locked by another"
                " holder."
            )
        if self.metadata_storage is None:
            settle(storage.write_path(path, content=result_record.serialize()))
        else:
            settle(storage.write_path(path, content=result_record.serialize_result()))
            metadata = result_record.serialize_metadata()
            settle(self.metadata_storage.write_path(key, content=metadata))
        result_record.mark_persisted()
        if self.cache_result_in_memory:
            self.cache.put(path, result_record)

    def read_result(self, result_record: ResultRecord) -> Any:
        """The value of a record that is kept without its metadata, anew from the storage."""
        content = settle(self._storage().read_path(result_record.metadata.storage_key))
        return result_record.serializer.loads(content)

    def _storage(self) -> Any:
        if self.result_storage is None:
            self.result_storage = default_storage()
        return self.result_storage

    def _serializer(self) -> Any:
        if self.serializer is None:
            from flowlight.results.serializers import resolve_serializer

            self.serializer = resolve_serializer(PREFECT_RESULTS_DEFAULT_SERIALIZER.value())
        return self.serializer

    def _path_of(self, key: str) -> str:
        resolve = getattr(self.result_storage, "_resolve_path", None)
        if self.result_storage_block_id is not None or resolve is None:
            return key
        return str(resolve(key))

    def _key_of(self, record: ResultRecord) -> str:
        path = str(record.metadata.storage_key)
        if record.metadata.storage_block_id is not None:
            return path
        # Observed in Prefect 3.8.8: a file system without the method is to be saved as a block.
        resolve = getattr(self.result_storage, "_resolve_path", None)
        return str(Path(path).relative_to(resolve("") if resolve else Path.cwd()))

    def _load(self, key: str) -> ResultRecord:
        from flowlight.results.records import ResultRecord, ResultRecordMetadata

        storage = self._storage()
        if self.metadata_storage is None:
            return ResultRecord.deserialize(settle(storage.read_path(key)), self._serializer())
        about = settle(self.metadata_storage.read_path(key))
        if about is None:
            raise ValueError(f"there is no metadata of the result {key!r}: nothing keeps it here")
        path = ResultRecordMetadata.load_bytes(about).storage_key
        content = settle(storage.read_path(path))
        return ResultRecord.deserialize_from_result_and_metadata(content, about)


def _holds(expiration: datetime | None) -> bool:
    return expiration is None or expiration > datetime.now(timezone.utc)


def default_storage() -> Any:
    """The storage that the settings name: a saved block, else a folder of this machine."""
    block = PREFECT_DEFAULT_RESULT_STORAGE_BLOCK.value()
    return resolve_result_storage(PREFECT_LOCAL_STORAGE_PATH.value() if block is None else block)


def resolve_result_storage(result_storage: Any) -> Any:
    """The storage that an option names or is: a block, the name of a saved one, or a path."""
    from flowlight.blocks import saving
    from flowlight.blocks.core import Block
    from flowlight.results.filesystems import LocalFileSystem
    from flowlight.results.remote import RemoteFileSystem  # noqa: F401  # known to Block.load by it

    if isinstance(result_storage, Block):
        return result_storage
    if isinstance(result_storage, Path):
        return LocalFileSystem(basepath=str(result_storage))
    if isinstance(result_storage, str):
        return saving.load(Block, result_storage)
    if isinstance(result_storage, uuid.UUID):
        return saving.load_from_ref(Block, result_storage)
    raise TypeError(
        "Result storage must be one of the following types: 'UUID', 'Block', 'str'. Got unsupported"
        f" type {type(result_storage).__name__!r}."
    )
