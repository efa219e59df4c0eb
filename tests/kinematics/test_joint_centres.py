"""From the marks that MediaPipe sets to the joints themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stick_figure import PIXELS_PER_METRE, TRUNK, facing, filmed, standing, with_leg

from formcheck.kinematics import geometry
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.joint_centres import with_joint_centres
from formcheck.vocabulary import Landmark, Part, Side

UNIT = TRUNK * PIXELS_PER_METRE
KNEES_AND_HIPS = [part.on(side) for part in (Part.KNEE, Part.HIP) for side in Side]


def kicked(knee_deg: float, thigh_deg: float = 0.0, yaw: float = -90.0) -> FloatArray:
    body = with_leg(standing(1), Side.RIGHT, thigh_deg=np.array([thigh_deg]), knee_deg=np.array([knee_deg]))
    return filmed(body, np.zeros(1), facing(yaw)).xy_px


def mended(xy_px: FloatArray, *, forward: float = 1.0, sideways: float = 1.0) -> FloatArray:
    return with_joint_centres(xy_px, np.full(len(xy_px), forward), np.full(len(xy_px), sideways), UNIT)


def knee_flexion(xy_px: FloatArray) -> float:
    hip, knee, ankle = (xy_px[0, part.on(Side.RIGHT)] for part in (Part.HIP, Part.KNEE, Part.ANKLE))
    return 180.0 - float(geometry.interior_angle(hip, knee, ankle))


@pytest.mark.parametrize(("knee", "least", "most"), [(0, 0, 1.0), (60, 0.5, 3.0), (90, 2.0, 7.0), (125, 4.0, 14.0)])
def test_a_closing_knee_is_read_more_bent_than_its_mark(knee: float, least: float, most: float) -> None:
    xy = kicked(knee)
    assert least <= knee_flexion(mended(xy)) - knee_flexion(xy) <= most


def test_a_level_thigh_is_read_higher_than_the_mark_on_the_shorts() -> None:
    xy = mended(kicked(90.0, thigh_deg=90.0))
    thigh = geometry.elevation(xy[0, Landmark.RIGHT_HIP], xy[0, Landmark.RIGHT_KNEE], 1.0)
    assert 91.5 < thigh < 96.0


def test_only_hips_and_knees_move() -> None:
    xy = kicked(110.0, thigh_deg=40.0)
    rest = [row for row in range(33) if row not in KNEES_AND_HIPS]
    np.testing.assert_array_equal(mended(xy)[:, rest], xy[:, rest])


def test_seen_from_the_front_nothing_moves() -> None:
    xy = kicked(110.0, yaw=0.0)
    np.testing.assert_array_equal(mended(xy, sideways=0.0), xy)


@given(thigh=st.floats(-30.0, 110.0), knee=st.floats(0.0, 140.0))
def test_a_mirrored_athlete_is_mended_in_the_mirror(thigh: float, knee: float) -> None:
    xy, mirror = kicked(knee, thigh), np.array([-1.0, 1.0])
    np.testing.assert_allclose(mended(xy * mirror, forward=-1.0), mended(xy) * mirror, atol=1e-9)


@given(st.floats(1.0, 149.0))
def test_a_more_bent_knee_never_reads_straighter(knee: float) -> None:
    assert knee_flexion(mended(kicked(knee + 1.0))) > knee_flexion(mended(kicked(knee)))


def test_hidden_joints_stay_hidden_and_others_are_not_touched_by_it() -> None:
    xy = np.concatenate([kicked(90.0), kicked(90.0)])
    xy[0, Landmark.LEFT_KNEE] = np.nan
    result = mended(xy)
    assert np.isnan(result[0, Landmark.LEFT_KNEE]).all()
    np.testing.assert_array_equal(result[0, Landmark.RIGHT_KNEE], result[1, Landmark.RIGHT_KNEE])


def test_the_marks_that_were_given_are_not_changed() -> None:
    xy = kicked(90.0)
    before = xy.copy()
    mended(xy)
    np.testing.assert_array_equal(xy, before)
