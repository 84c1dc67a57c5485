"""How `retry_jitter_factor` spreads the delays between tries.

https://docs.prefect.io/v3/how-to-guides/workflows/retries; the distribution: observed in Prefect
3.8.8.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

__all__ = ["spread"]

_SMALLEST = 1e-10  # of a chance: its logarithm is still a number
_UPPERMOST = 50  # multiples of the delay, beyond which there is no least delay


def spread(
    seconds: float, factor: float, uniform: Callable[[float, float], float] = random.uniform
) -> float:
    """A delay drawn from an exponential distribution whose mean is `seconds`, cut at both ends.

    With k = 1 + factor, the ends are `seconds * -log2(1 - 2**-k)` and `seconds * k`.
    """
    upper = 1 + factor
    lower = -math.log2(1 - 2**-upper) if upper < _UPPERMOST else 0.0
    chance = uniform(1 - math.exp(-lower), 1 - math.exp(-upper))
    return -math.log(max(1 - chance, _SMALLEST)) * seconds
