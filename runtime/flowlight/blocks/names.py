"""Names of blocks and of their types.

The rules and their messages: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, Field, TypeAdapter

__all__ = ["check_name", "slug_of"]


def slug_of(name: str) -> str:
    """Lower case, letters and digits, dashes between words."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")


def _dashes_only(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]*", name):
        raise ValueError(
            "Block document name must only contain lowercase letters, numbers, and dashes."
        )
    return name


_NAME: TypeAdapter[Any] = TypeAdapter(
    Annotated[str, Field(pattern=r"^[^/%&><]+$"), AfterValidator(_dashes_only)]
)


def check_name(name: str) -> None:
    """`ValidationError`, which is a `ValueError`, for a name that Prefect refuses."""
    _NAME.validate_python(name)
