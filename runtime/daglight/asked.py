"""What the user's code asks for and nobody has given: variables and names of the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from daglight.compared import compared_texts
from daglight.encode import encode

__all__ = ["Asked", "asked", "watching_environment"]


class Asked:
    """Names in the order in which they were first asked for."""

    def __init__(self) -> None:
        self.variables: dict[str, dict[str, Any]] = {}
        self.environment: dict[str, str | None] = {}
        self.folder = ""
        self._files: dict[str, None] = {}

    def variable(self, key: str, *, as_json: bool, default: Any) -> None:
        """Note a variable with how it is read and what stands in for it (None: nothing does)."""
        self.variables.setdefault(key, {"json": as_json, "default": encode(default)})
        self.asks(sys._getframe(2))  # behind `Variable.get`

    def asks(self, frame: FrameType | None) -> bool:
        """Whether the code that asks, behind that of `os.environ`, is of a file below the folder."""
        while frame is not None and _is_its_own(frame.f_code.co_filename):
            frame = frame.f_back
        if frame is None:
            return False
        file = os.path.abspath(frame.f_code.co_filename)
        if not file.startswith(os.path.join(self.folder, "")):
            return False
        self._files.setdefault(file)
        return True

    def document(self) -> dict[str, Any]:
        """The `asked_for` of a trace."""
        compared = compared_texts(self._files)
        return {
            "variables": self.variables,
            "environment": self.environment,
            **({"compared": compared} if compared else {}),
        }


asked = Asked()
#: Where the frames of `os.environ` itself stand; some of the standard library's code is frozen.
_ITS_OWN = (os.__file__, sys.modules["_collections_abc"].__file__, __file__)


@contextmanager
def watching_environment(folder: str) -> Iterator[None]:
    """While it is open, names are noted that code below the folder misses in `os.environ`."""
    kind = type(os.environ)
    asked.folder = folder

    class Watching(kind):  # type: ignore[valid-type,misc]
        def __getitem__(self, key: str) -> str:
            try:
                return kind.__getitem__(self, key)
            except KeyError:
                if asked.asks(sys._getframe(1)):
                    asked.environment.setdefault(key, None)
                raise

        def get(self, key: str, default: Any = None) -> Any:
            found = super().get(key, default)
            if key in asked.environment and found is default and isinstance(default, str):
                asked.environment[key] = default
            return found

    os.environ.__class__ = Watching
    try:
        yield
    finally:
        os.environ.__class__ = kind


def _is_its_own(file: str) -> bool:
    return file in _ITS_OWN or file.startswith("<frozen")
