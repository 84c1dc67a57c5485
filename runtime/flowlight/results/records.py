"""What is kept of a result: the value and what is known about it, in the file format of Prefect.

One JSON object, `{"metadata": {...}, "result": "..."}`; the result is what the serializer wrote.
Observed in Prefect 3.8.8, which reads these files, and whose files are read here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from types import GenericAlias
from typing import Any, ClassVar
from uuid import UUID

from flowlight.errors import SerializationError
from flowlight.surface import VERSION

__all__ = ["ResultRecord", "ResultRecordMetadata"]


def _pickle() -> Any:
    from flowlight.results.serializers import PickleSerializer

    return PickleSerializer()


@dataclass
class ResultRecordMetadata:
    """Where a result is kept, until when it may be reused (aware, UTC), and how it was written."""

    storage_key: str | None = None
    expiration: datetime | None = None
    serializer: Any = field(default_factory=_pickle)
    prefect_version: str = VERSION
    storage_block_id: UUID | None = None

    def dump_bytes(self) -> bytes:
        """The metadata as JSON."""
        return json.dumps(self.as_json(), separators=(",", ":")).encode()

    def as_json(self) -> dict[str, Any]:
        """The metadata as a value of JSON's types."""
        expiration = self.expiration.isoformat() if self.expiration else None
        return {
            "storage_key": self.storage_key,
            "expiration": expiration.replace("+00:00", "Z") if expiration else None,
            "serializer": self.serializer.model_dump(mode="json", serialize_as_any=True),
            "prefect_version": self.prefect_version,
            "storage_block_id": str(self.storage_block_id) if self.storage_block_id else None,
        }

    @classmethod
    def load_bytes(cls, data: bytes) -> ResultRecordMetadata:
        """The metadata that `dump_bytes` wrote; `ValueError` for other bytes."""
        return cls._of(_object(data))

    @classmethod
    def _of(cls, found: dict[str, Any]) -> ResultRecordMetadata:
        expiration, block = found.get("expiration"), found.get("storage_block_id")
        return cls(
            storage_key=found.get("storage_key"),
            expiration=datetime.fromisoformat(expiration.replace("Z", "+00:00"))
            if expiration
            else None,
            serializer=_serializer(found.get("serializer") or {"type": "pickle"}),
            prefect_version=found.get("prefect_version", VERSION),
            storage_block_id=UUID(block) if block else None,
        )


@dataclass
class ResultRecord:
    """A result and its metadata."""

    __class_getitem__: ClassVar[Any] = classmethod(GenericAlias)
    result: Any
    metadata: ResultRecordMetadata = field(default_factory=ResultRecordMetadata)
    is_persisted: bool = field(default=False, compare=False)

    @property
    def expiration(self) -> datetime | None:
        """Until when the result may be reused."""
        return self.metadata.expiration

    @property
    def serializer(self) -> Any:
        """What writes the result."""
        return self.metadata.serializer

    def mark_persisted(self) -> None:
        """From now on, the record is known to be in a storage."""
        self.is_persisted = True

    def serialize_result(self) -> bytes:
        """The bytes of the result alone; `SerializationError` when there are none."""
        try:
            blob: bytes = self.serializer.dumps(self.result)
        except Exception as error:
            raise SerializationError(
                f"Failed to serialize object of type {type(self.result).__name__!r} with"
                f" serializer {self.serializer.type!r}. You can try a different serializer (e.g."
                ' result_serializer="json") or disabling persistence (persist_result=False) for'
                " this flow or task."
            ) from error
        return blob

    def serialize_metadata(self) -> bytes:
        """The bytes of the metadata alone."""
        return self.metadata.dump_bytes()

    def serialize(self) -> bytes:
        """The bytes of the whole record."""
        blob = self.serialize_result()
        try:
            text = blob.decode()
        except UnicodeDecodeError as error:
            raise SerializationError(
                f"Serializer {self.serializer.type!r} wrote bytes that are not UTF-8 text, which a"
                " record cannot hold; let its `dumps` return text, base64 for example."
            ) from error
        record = {"metadata": self.metadata.as_json(), "result": text}
        return json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode()

    @classmethod
    def deserialize(cls, data: bytes, backup_serializer: Any = None) -> ResultRecord:
        """The record of these bytes; what `backup_serializer` makes of them if they are none."""
        try:
            found = _object(data)
            metadata = ResultRecordMetadata._of(found.get("metadata") or {})
            result = found["result"]
        except (ValueError, KeyError):
            if backup_serializer is None:
                raise ValueError("the file does not hold a result record of Prefect") from None
            value = backup_serializer.loads(data)
            return cls(value, ResultRecordMetadata(serializer=backup_serializer))
        if isinstance(result, str):
            result = metadata.serializer.loads(result.encode())
        return cls(result, metadata)

    @classmethod
    def deserialize_from_result_and_metadata(cls, result: bytes, metadata: bytes) -> ResultRecord:
        """The record whose result and metadata are kept apart."""
        about = ResultRecordMetadata.load_bytes(metadata)
        return cls(about.serializer.loads(result), about)


def _object(data: bytes) -> dict[str, Any]:
    found = json.loads(data)
    if not isinstance(found, dict):
        raise ValueError(f"expected a JSON object, found {type(found).__name__}")
    return found


def _serializer(fields: dict[str, Any]) -> Any:
    from flowlight.results.serializers import Serializer, is_known

    # A type that is not known here is an error when the result is read (observed in Prefect 3.8.8).
    return Serializer(**fields) if is_known(fields) else Serializer.model_construct(**fields)
