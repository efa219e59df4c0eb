"""Which way is down, by the body's balance over its feet."""

from __future__ import annotations

import numpy as np
import pytest
from tests.stick_figure import facing, filmed, standing, times

from formcheck.kinematics.balance import HEAD_MASS, SEGMENTS, TRUNK_MASS, balance_line
from formcheck.kinematics.level import levelled
from formcheck.kinematics.motion import Motion


@pytest.mark.parametrize("roll", [-5.0, 0.0, 5.0])
@pytest.mark.parametrize("yaw", [0.0, 180.0])
def test_a_stander_s_balance_shows_the_cameras_roll(yaw: float, roll: float) -> None:
    time_s = times(1.0, 30.0)
    poses = levelled(filmed(standing(len(time_s)), time_s, facing(yaw)), -roll)
    np.testing.assert_allclose(balance_line(Motion(poses)), roll, atol=0.3)


def test_the_segments_make_a_whole_body() -> None:
    assert 2.0 * sum(mass for *_, mass, _ in SEGMENTS) + TRUNK_MASS + HEAD_MASS == pytest.approx(1.0, abs=0.01)
