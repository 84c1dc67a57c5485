"""The distribution of delays: its ends and its middle are those of Prefect 3.8.8.

Observed with `random.uniform` replaced by `min`, `max` and the mean of both, for a delay of 10 s.
"""

from __future__ import annotations

import pytest
from flowlight.jitter import spread
from flowlight.world import World

OF_PREFECT = [
    (0.1, 9.064844, 11.0, 9.985685),
    (0.5, 6.293969, 15.0, 9.728038),
    (1.0, 4.150375, 20.0, 9.217421),
    (3.0, 0.931094, 40.0, 7.663531),
    (60.0, 0.0, 230.258509, 6.931472),
]


@pytest.mark.parametrize(("factor", "least", "most", "middle"), OF_PREFECT)
def test_delays_lie_where_prefect_has_them(
    factor: float, least: float, most: float, middle: float
) -> None:
    drawn = [spread(10, factor, by) for by in (min, max, lambda low, high: (low + high) / 2)]
    assert drawn == pytest.approx([least, most, middle], abs=1e-4)


def test_a_world_draws_within_the_ends() -> None:
    delays = {World().spread(10, 0.5) for _ in range(200)}
    assert len(delays) > 100
    assert min(delays) >= 6.2
    assert max(delays) <= 15
