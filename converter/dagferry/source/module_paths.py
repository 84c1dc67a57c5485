"""Paths of files and folders, and the dotted names that they give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

#: Folders beside the DAGs that are on the path in one setup or another; Airflow's own is the first.
BESIDE = ("plugins", "config", "include", "src", "lib")
_DAGS = "dags"


def candidates(folder: str) -> Iterator[str]:
    """The folders that may be a root for a file in a folder, the likeliest first.

    The nearest folder called `dags`, the root folder, those between from the outside in, then `plugins` and
    its like beside any of them.
    """
    above = around(folder)
    dags = next((one for one in above if one.rpartition("/")[2] == _DAGS), None)
    inward = list(reversed(above))
    beside = [f"{one}/{name}" if one else name for one in above for name in BESIDE]
    yield from dict.fromkeys([*([dags] if dags is not None else []), *inward, *beside])


def around(folder: str) -> Sequence[str]:
    """A folder and all above it, from the inside out."""
    found = [folder]
    while folder:
        folder = folder.rpartition("/")[0]
        found.append(folder)
    return found


def folder_of(path: str) -> str:
    """The folder of a file; empty for the root folder."""
    return path.rpartition("/")[0]


def depth(folder: str) -> int:
    """How many folders a path has, 0 for the root folder."""
    return len(folder.split("/")) if folder else 0


def holds(root: str, path: str) -> bool:
    """Whether a file stands below a root."""
    return not root or path.startswith(f"{root}/")


def dotted_below(root: str, path: str) -> str:
    """The dotted name that a file has from a root."""
    return module_name(path[len(root) + 1 :] if root else path)


def module_name(path: str) -> str:
    """`common/ops.py` -> `common.ops`; `common/__init__.py` -> `common`."""
    dotted = path.removesuffix(".py").replace("/", ".")
    return dotted.removesuffix(".__init__") if dotted != "__init__" else ""
