"""Blocks that are interfaces: credentials, jobs, databases, storages (`prefect.blocks.abstract`).

https://docs.prefect.io/v3/api-ref/python/prefect-blocks-abstract. Integrations subclass them; the
methods may be ordinary ones or coroutine functions.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from typing_extensions import Self

from flowlight.blocks.core import Block
from flowlight.errors import MissingContextError
from flowlight.logs import get_logger, get_run_logger

__all__ = [
    "CredentialsBlock",
    "DatabaseBlock",
    "JobBlock",
    "JobRun",
    "NotificationBlock",
    "NotificationError",
    "ObjectStorageBlock",
    "SecretBlock",
]

T = TypeVar("T")


class _Logs:
    """What has a logger: that of the run around, else one of its class."""

    @property
    def logger(self) -> Any:
        """The logger of the run around the caller, else one that the class names."""
        try:
            return get_run_logger()
        except MissingContextError:
            return get_logger(type(self).__name__)


class CredentialsBlock(_Logs, Block, ABC):
    """Credentials, and the client that they open."""

    @abstractmethod
    def get_client(self, *args: Any, **kwargs: Any) -> Any:
        """The client of the service."""


class NotificationError(Exception):
    """A notification could not be sent; `log` says why."""

    def __init__(self, log: str) -> None:
        self.log = log
        super().__init__(log)


class NotificationBlock(_Logs, Block, ABC):
    """Somewhere that messages are sent to."""

    _raise_on_failure: bool = False

    @abstractmethod
    def notify(self, body: str, subject: str | None = None) -> Any:
        """Send a message."""

    @contextmanager
    def raise_on_failure(self) -> Iterator[None]:
        """Inside: a message that cannot be sent is an error."""
        self._raise_on_failure = True
        try:
            yield
        finally:
            self._raise_on_failure = False


class JobRun(_Logs, ABC, Generic[T]):
    """A job that runs elsewhere; no block."""

    @abstractmethod
    def wait_for_completion(self) -> Any:
        """Wait until the job has ended."""

    @abstractmethod
    def fetch_result(self) -> Any:
        """What the job gave."""


class JobBlock(_Logs, Block, ABC, Generic[T]):
    """A job that can be started elsewhere."""

    @abstractmethod
    def trigger(self) -> Any:
        """Start it; its run."""


class DatabaseBlock(_Logs, Block, ABC):
    """A database."""

    @abstractmethod
    def fetch_one(self, operation: str, parameters: Any = None, **execution_kwargs: Any) -> Any:
        """One row of a query."""

    @abstractmethod
    def fetch_many(
        self,
        operation: str,
        parameters: Any = None,
        size: int | None = None,
        **execution_kwargs: Any,
    ) -> Any:
        """Some rows of a query."""

    @abstractmethod
    def fetch_all(self, operation: str, parameters: Any = None, **execution_kwargs: Any) -> Any:
        """All rows of a query."""

    @abstractmethod
    def execute(self, operation: str, parameters: Any = None, **execution_kwargs: Any) -> Any:
        """Do something that gives no rows."""

    @abstractmethod
    def execute_many(self, operation: str, seq_of_parameters: Any, **execution_kwargs: Any) -> Any:
        """Do it once for each of the parameters."""

    async def __aenter__(self) -> Self:
        """`NotImplementedError`, unless a subclass can."""
        raise NotImplementedError(f"{type(self).__name__} does not support `async with`")

    async def __aexit__(self, *args: object) -> None:
        """`NotImplementedError`, unless a subclass can."""
        raise NotImplementedError(f"{type(self).__name__} does not support `async with`")

    def __enter__(self) -> Self:
        """`NotImplementedError`, unless a subclass can."""
        raise NotImplementedError(f"{type(self).__name__} does not support `with`")

    def __exit__(self, *args: object) -> None:
        """`NotImplementedError`, unless a subclass can."""
        raise NotImplementedError(f"{type(self).__name__} does not support `with`")


class ObjectStorageBlock(_Logs, Block, ABC):
    """A storage of objects, such as a bucket."""

    @abstractmethod
    def download_object_to_path(self, from_path: str, to_path: str, **kwargs: Any) -> Any:
        """An object as a file."""

    @abstractmethod
    def download_object_to_file_object(
        self, from_path: str, to_file_object: Any, **kwargs: Any
    ) -> Any:
        """An object into an open file."""

    @abstractmethod
    def download_folder_to_path(self, from_folder: str, to_folder: str, **kwargs: Any) -> Any:
        """All objects below a path as files."""

    @abstractmethod
    def upload_from_path(self, from_path: str, to_path: str, **kwargs: Any) -> Any:
        """A file as an object."""

    @abstractmethod
    def upload_from_file_object(self, from_file_object: Any, to_path: str, **kwargs: Any) -> Any:
        """An open file as an object."""

    @abstractmethod
    def upload_from_folder(self, from_folder: str, to_folder: str, **kwargs: Any) -> Any:
        """All files of a folder as objects."""


class SecretBlock(_Logs, Block, ABC):
    """A secret that another service keeps."""

    @abstractmethod
    def read_secret(self) -> Any:
        """The secret, as bytes."""

    @abstractmethod
    def write_secret(self, secret_data: bytes) -> Any:
        """Keep another one; the name that it is kept under."""
