"""The athlete's own sizes, the units of every relative length."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stick_figure import PIXELS_PER_METRE, SHANK, THIGH, TRUNK, facing, filmed, standing, stepping, times

from formcheck.kinematics.body import body_sizes
from formcheck.vocabulary import Part, Side

FOOT = float(np.hypot(0.21, 0.0))


def test_sizes_are_those_of_the_body_however_the_legs_move() -> None:
    time_s = times(4.0, 30.0)
    sizes = body_sizes(filmed(stepping(time_s, 150.0), time_s, facing(90.0)).xy_px)
    assert sizes.trunk == pytest.approx(TRUNK * PIXELS_PER_METRE)
    for side in Side:
        assert sizes.thigh[side] == pytest.approx(THIGH * PIXELS_PER_METRE)
        assert sizes.shank[side] == pytest.approx(SHANK * PIXELS_PER_METRE)
        assert sizes.foot[side] == pytest.approx(FOOT * PIXELS_PER_METRE)
        assert sizes.leg(side) == pytest.approx((THIGH + SHANK) * PIXELS_PER_METRE)


@given(st.floats(0.2, 5.0))
def test_a_picture_twice_as_large_has_sizes_twice_as_large(scale: float) -> None:
    xy = filmed(standing(5), times(0.5, 10.0), facing(70.0)).xy_px
    assert body_sizes(scale * xy).trunk == pytest.approx(scale * body_sizes(xy).trunk)
    assert body_sizes(scale * xy).foot[Side.LEFT] == pytest.approx(scale * body_sizes(xy).foot[Side.LEFT])


def test_each_leg_is_measured_by_itself() -> None:
    xy = filmed(standing(5), times(0.5, 10.0), facing(90.0)).xy_px
    xy[:, Part.KNEE.on(Side.RIGHT), 1] -= 20.0
    sizes = body_sizes(xy)
    assert sizes.thigh[Side.RIGHT] == pytest.approx(sizes.thigh[Side.LEFT] - 20.0)


def test_a_leg_that_is_never_seen_has_no_length() -> None:
    xy = filmed(standing(5), times(0.5, 10.0), facing(90.0)).xy_px
    xy[:, Part.ANKLE.on(Side.LEFT)] = np.nan
    sizes = body_sizes(xy)
    assert np.isnan(sizes.shank[Side.LEFT])
    assert np.isnan(sizes.leg(Side.LEFT))
    assert np.isfinite(sizes.leg(Side.RIGHT))
