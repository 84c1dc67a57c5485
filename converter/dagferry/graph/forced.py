"""What is forced to come before what: reachability over task runs, as bit sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def ancestors(predecessors: Sequence[Iterable[int]]) -> tuple[int, ...]:
    """For every position, a bit set of the positions that certainly ended before it.

    `predecessors[i]` are direct ones, all smaller than `i`: a run can only wait for what already
    exists.
    """
    found: list[int] = []
    for direct in predecessors:
        bits = 0
        for position in direct:
            bits |= found[position] | (1 << position)
        found.append(bits)
    return tuple(found)


def comes_before(first: int, second: int, closed: Sequence[int]) -> bool:
    """Whether the run at position `first` is forced to end before the one at `second` starts."""
    return bool(closed[second] >> first & 1)


def turns_suffice(first: str, second: str, counts: tuple[int, int]) -> bool:
    """Whether map index `i` of the second task may wait for map index `i` of the first alone.

    So it is inside a mapped group. A trace does not say which groups are mapped; tasks of one
    group that ran equally often are taken for it.
    """
    groups = first.rpartition(".")[0], second.rpartition(".")[0]
    return groups[0] == groups[1] != "" and counts[0] == counts[1] > 1
