"""The low-pass gives what scipy's gives, which takes half a second to import."""

import numpy as np
import pytest
from scipy.signal import butter, sosfiltfilt

from formcheck.kinematics.butterworth import zero_phase


@pytest.mark.parametrize(("cut_hz", "rate_hz"), [(7.0, 30.0), (8.0, 60.0), (8.0, 240.0), (3.75, 15.0)])
@pytest.mark.parametrize("shape", [(40,), (40, 3), (400, 33, 2)])
def test_it_agrees_with_scipy(cut_hz: float, rate_hz: float, shape: tuple[int, ...]) -> None:
    values = 300.0 + 50.0 * np.random.default_rng(1).normal(size=shape)
    theirs = sosfiltfilt(butter(2, cut_hz, fs=rate_hz, output="sos"), values, axis=0, padlen=15)
    np.testing.assert_allclose(zero_phase(values, cut_hz, rate_hz, 15), theirs, atol=1e-8)


@pytest.mark.parametrize("padding", [0, 1, 12])
def test_any_padding_below_the_length_will_do(padding: int) -> None:
    values = np.random.default_rng(2).normal(size=(13, 2))
    theirs = sosfiltfilt(butter(2, 7.0, fs=30.0, output="sos"), values, axis=0, padlen=padding)
    np.testing.assert_allclose(zero_phase(values, 7.0, 30.0, padding), theirs, atol=1e-9)


def test_a_slow_movement_passes_in_time_and_a_tremor_does_not() -> None:
    time_s = np.arange(0.0, 4.0, 1 / 60)
    slow, tremor = np.sin(2 * np.pi * time_s), np.sin(2 * np.pi * 25.0 * time_s)
    kept = zero_phase(slow + tremor, 8.0, 60.0, 15)
    inside = slice(15, -15)
    assert np.abs(kept - slow)[inside].max() < 0.02
