"""Room for deeply nested code.

libcst's parser and its writer recurse, and so does what reads their trees. A chain of 3,000 operators needs
more than Python's 1,000 calls and more stack than a process is given; the parser would end the process.
"""

from __future__ import annotations

import gc
import sys

_CALLS = 20_000
_STACK = 100 << 20
#: CPython's own limit (`MAXLEVEL` of its tokenizer, 3.8 to 3.14).
MOST_BRACKETS = 200


def prepare_process() -> None:
    """Give a process of ours room for deep trees, and let it not look for cycles.

    The nodes of a tree are many and live until the process ends: looking through them took a tenth of a
    conversion, and what it found was a quarter of a folder's trees at the most.
    """
    sys.setrecursionlimit(_CALLS)
    gc.disable()
    try:
        import resource
    except ImportError:  # Windows has none
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    wanted = _STACK if hard == resource.RLIM_INFINITY else min(_STACK, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        # The stack of the main thread grows up to what the limit says at that moment.
        resource.setrlimit(resource.RLIMIT_STACK, (wanted, hard))


def most_brackets(text: str) -> int:
    """How many brackets stand in each other at the most, those in strings and comments counted as well."""
    if sum(map(text.count, "([{")) <= MOST_BRACKETS:
        return 0
    depth = most = 0
    for char in text:
        if char in "([{":
            depth += 1
            most = max(most, depth)
        elif char in ")]}":
            depth = max(0, depth - 1)
    return most
