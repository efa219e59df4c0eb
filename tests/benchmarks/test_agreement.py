import math

import numpy as np
import pytest
from benchmarks.agreement import Agreement, pooled


def test_bias_error_and_limits_are_those_of_the_differences() -> None:
    differences = np.random.default_rng(4).normal(2.0, 3.0, size=500)
    found = Agreement.of(differences)
    assert found.bias == pytest.approx(differences.mean())
    assert found.mean_absolute == pytest.approx(np.abs(differences).mean())
    low, high = found.limits
    assert (low, high) == pytest.approx(
        (found.bias - 1.96 * differences.std(ddof=1), found.bias + 1.96 * differences.std(ddof=1))
    )


def test_pooling_clips_gives_the_figures_of_all_their_moments_together() -> None:
    short, long = np.array([1.0, -3.0]), np.arange(40.0)
    together = pooled([Agreement.of(short), Agreement.of(long)])
    once = Agreement.of(np.concatenate([short, long]))
    assert (together.n, together.bias, together.spread) == pytest.approx((once.n, once.bias, once.spread))


def test_moments_without_a_value_lower_the_coverage_and_nothing_else() -> None:
    found = Agreement.of(np.array([1.0, np.nan, 3.0, np.nan]))
    assert (found.coverage, found.bias, found.n) == (0.5, 2.0, 2)


def test_nothing_measured_is_unknown_and_not_perfect() -> None:
    found = Agreement.of(np.array([np.nan]))
    assert math.isnan(found.bias)
    assert math.isnan(found.mean_absolute)
    assert math.isnan(Agreement().coverage)
