"""The ids of runs: random ones as `uuid.uuid4` gives them, made in a fraction of its time."""

from __future__ import annotations

import os
from collections import deque
from uuid import UUID, SafeUUID

__all__ = ["new_id"]

_RANDOM = ~(0xF << 76 | 0x3 << 62)
_VERSION_4 = 4 << 76 | 0x2 << 62  # RFC 9562, 5.4: version and variant
_SIZE, _COUNT = 16, 256  # bytes of an id, ids that are drawn at a time
_new, _put, _unknown = UUID.__new__, object.__setattr__, SafeUUID.unknown
_drawn: deque[bytes] = deque()
_draw = _drawn.pop


def new_id() -> UUID:
    """A UUID of version 4."""
    try:
        drawn = _draw()
    except IndexError:
        drawn = _refill()
    made = _new(UUID)
    _put(made, "int", int.from_bytes(drawn, "big") & _RANDOM | _VERSION_4)
    _put(made, "is_safe", _unknown)
    return made


def _refill() -> bytes:
    block = os.urandom(_SIZE * _COUNT)
    _drawn.extend(block[start : start + _SIZE] for start in range(_SIZE, len(block), _SIZE))
    return block[:_SIZE]


if hasattr(os, "register_at_fork"):  # a child draws ids of its own, none that its parent has drawn
    os.register_at_fork(after_in_child=_drawn.clear)
