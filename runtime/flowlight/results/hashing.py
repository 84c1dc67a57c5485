"""Hashes of values: the same for the same value, in every process, and the same as Prefect's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from flowlight.errors import HashError
from flowlight.results.json_objects import encode

__all__ = ["file_hash", "hash_objects", "stable_hash"]

_md5 = partial(hashlib.md5, usedforsecurity=False)


def stable_hash(*args: str | bytes, hash_algo: Callable[..., Any] = _md5) -> str:
    """The hash of texts and bytes, as hexadecimal digits."""
    state = hash_algo()
    for arg in args:
        state.update(arg.encode() if isinstance(arg, str) else arg)
    digits: str = state.hexdigest()
    return digits


def file_hash(path: str, hash_algo: Callable[..., Any] = _md5) -> str:
    """The hash of a file's content."""
    return stable_hash(Path(path).read_bytes(), hash_algo=hash_algo)


def hash_objects(
    *args: Any,
    hash_algo: Callable[..., Any] = _md5,
    raise_on_failure: bool = False,
    **kwargs: Any,
) -> str | None:
    """The hash of any values, by way of JSON, else of a pickle.

    Without a way: None, or `HashError` with `raise_on_failure`. The bytes that are hashed are
    Prefect's, so keys are equal on both engines (observed in Prefect 3.8.8).
    """
    values = (args, kwargs)
    try:
        return stable_hash(json.dumps(values, sort_keys=True, default=encode), hash_algo=hash_algo)
    except Exception as error:  # whatever an encoder of the user's raises: it is no JSON
        json_error = error
    try:
        import cloudpickle

        return stable_hash(cloudpickle.dumps(values), hash_algo=hash_algo)
    except Exception as error:
        pickle_error = error
    if not raise_on_failure:
        return None
    raise HashError(
        "Unable to create hash - objects could not be serialized.\n"
        f"  JSON error: {json_error}\n"
        f"  Pickle error: {pickle_error}"
    )
