"""`{{ ... }}` in `prefect.yaml`: environment variables and Prefect's variables.

https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml, "Templating".
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

from flowlight.variables import Variable

__all__ = ["fill"]

_PLACE = re.compile(r"{{\s*([^{}]+?)\s*}}")
_VARIABLE = "prefect.variables."


def fill(value: Any, wrong: Callable[[str], Exception]) -> Any:
    """The value as plain data, every template in it replaced; `wrong` makes the error."""
    if isinstance(value, dict):
        return {str(key): fill(each, wrong) for key, each in value.items()}
    if isinstance(value, list):
        return [fill(each, wrong) for each in value]
    if not isinstance(value, str):
        return _plain(value)
    alone = _PLACE.fullmatch(value)
    if alone:
        return _value(alone[1], wrong)
    return _PLACE.sub(lambda found: str(_value(found[1], wrong)), str(value))


def _value(name: str, wrong: Callable[[str], Exception]) -> Any:
    if name.startswith("$"):
        if name[1:] not in os.environ:
            raise wrong(f"{{{{ {name} }}}}: there is no environment variable {name[1:]!r}")
        return os.environ[name[1:]]
    if name.startswith(_VARIABLE):
        missing = object()
        found = Variable.get(name[len(_VARIABLE) :], missing)
        if found is missing:
            raise wrong(f"{{{{ {name} }}}}: there is no variable {name[len(_VARIABLE) :]!r}")
        return found
    raise wrong(
        f"{{{{ {name} }}}}: flowlight fills in $ENVIRONMENT and {_VARIABLE}NAME; it runs no steps"
        " whose outputs it could name, and blocks are not read here"
    )


def _plain(value: Any) -> Any:
    """Numbers as Python's own: the reader keeps how they were written."""
    for kind in (bool, int, float):
        if isinstance(value, kind):
            return kind(value)
    return value
