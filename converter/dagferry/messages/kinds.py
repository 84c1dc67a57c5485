"""What one kind of finding or refusal is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from dagferry.findings import REQUIRED

_NO_SUBJECTS: tuple[Mapping[str, str], ...] = (MappingProxyType({}),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How findings of one kind read. `{subjects}` are filled in by the caller.

    `cause` is what findings have in common that one change of the DAGs would end; the summary groups by
    it. Where it is empty the message is the cause. `samples` are subjects that a test renders. `stub`: what
    the finding is about became a stub.
    """

    code: str
    message: str
    cause: str = ""
    hint: str = ""
    severity: str = REQUIRED
    stub: bool = False
    samples: tuple[Mapping[str, str], ...] = _NO_SUBJECTS


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalKind:
    """How refusals of one kind read. A subject that ends in an apposition ends in its comma.

    `cause` is what the findings have in common; where it is empty the subject is.
    """

    code: str
    subject: str
    cause: str = ""
    samples: tuple[Mapping[str, str], ...] = _NO_SUBJECTS


class Reason(NamedTuple):
    """One refusal: the finding's code, what was met, and what it has in common with others."""

    code: str
    subject: str
    cause: str
