"""The files that modules become: formatted as they were, with the line ends that they had."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dagferry.build.formatting import format_like
from dagferry.emission.module import EmittedModule
from dagferry.source.discover import InputFile


def converted_files(
    files: Sequence[InputFile],
    emitted: dict[str, EmittedModule],
    unreadable: tuple[str, ...],
    broken: Collection[str],
) -> dict[str, bytes]:
    """The bytes of every file by its path. Files in `unreadable` and `broken` become nothing."""
    texts = _formatted(files, emitted)
    outputs: dict[str, bytes] = {}
    for file in files:
        if file.problem is not None or file.path in unreadable or file.path in broken:
            continue
        text = texts.get(file.path)
        outputs[file.path] = file.data if text is None else _like(file, text)
    return outputs


def _formatted(files: Sequence[InputFile], emitted: dict[str, EmittedModule]) -> dict[str, str]:
    before = {file.path: file.text or "" for file in files if file.path in emitted}
    changed = {path: one.text for path, one in emitted.items() if one.text != before[path]}
    return format_like({path: before[path] for path in changed}, changed)


def _like(file: InputFile, text: str) -> bytes:
    """The text with the line ends that the file had."""
    if b"\r\n" in file.data:
        text = text.replace("\n", "\r\n")
    elif b"\r" in file.data:
        text = text.replace("\n", "\r")
    return text.encode()
