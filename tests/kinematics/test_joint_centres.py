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
MENDED = [part.on(side) for part in (Part.KNEE, Part.HIP, Part.HEEL) for side in Side]


def kicked(knee_deg: float, thigh_deg: float = 0.0, yaw: float = -90.0) -> FloatArray:
    body = with_leg(standing(1), Side.RIGHT, thigh_deg=np.array([thigh_deg]), knee_deg=np.array([knee_deg]))
    return filmed(body, np.zeros(1), facing(yaw)).xy_px


def mended(xy_px: FloatArray, *, forward: float = 1.0, sideways: float = 1.0) -> FloatArray:
    return with_joint_centres(xy_px, np.full(len(xy_px), forward), np.full(len(xy_px), sideways), UNIT)


def knee_flexion(xy_px: FloatArray) -> float:
    hip, knee, ankle = (xy_px[0, part.on(Side.RIGHT)] for part in (Part.HIP, Part.KNEE, Part.ANKLE))
    return 180.0 - float(geometry.interior_angle(hip, knee, ankle))


@pytest.mark.parametrize(("knee", "least", "most"), [(0, 0, 1.0), (60, 0.5, 4.0), (90, 2.0, 7.0), (125, 4.0, 14.0)])
def test_a_closing_knee_is_read_more_bent_than_its_mark(knee: float, least: float, most: float) -> None:
    xy = kicked(knee)
    assert least <= knee_flexion(mended(xy)) - knee_flexion(xy) <= most


def test_a_level_thigh_is_read_higher_than_the_mark_on_the_shorts() -> None:
    xy = mended(kicked(90.0, thigh_deg=90.0))
    thigh = geometry.elevation(xy[0, Landmark.RIGHT_HIP], xy[0, Landmark.RIGHT_KNEE], 1.0)
    assert 91.5 < thigh < 96.0


def test_only_hips_knees_and_heels_move() -> None:
    xy = kicked(110.0, thigh_deg=40.0)
    rest = [row for row in range(33) if row not in MENDED]
    np.testing.assert_array_equal(mended(xy)[:, rest], xy[:, rest])


def test_seen_from_the_front_nothing_moves() -> None:
    xy = kicked(110.0, yaw=0.0)
    np.testing.assert_allclose(mended(xy, sideways=0.0), xy, rtol=1e-12)


def with_foot(pitch: float, shank: float) -> FloatArray:
    """Return one frame of a right foot at this pitch under a shin that leans by ``shank`` degrees."""
    xy = kicked(0.0)
    knee, ankle, heel, toe = (part.on(Side.RIGHT) for part in (Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE))
    xy[0, knee] = xy[0, ankle] + 100.0 * np.array([np.sin(np.radians(shank)), -np.cos(np.radians(shank))])
    xy[0, toe] = xy[0, heel] + 60.0 * np.array([np.cos(np.radians(pitch)), -np.sin(np.radians(pitch))])
    return xy


def pitch_of(xy_px: FloatArray) -> float:
    return float(geometry.slope(xy_px[0, Landmark.RIGHT_HEEL], xy_px[0, Landmark.RIGHT_FOOT_INDEX], 1.0))


@pytest.mark.parametrize(("mark", "true"), [(-8.0, 0.0), (-3.0, 0.5)])
def test_a_heel_that_only_seems_to_lift_under_a_leaning_shin_is_put_back(mark: float, true: float) -> None:
    shank = 36.0 if mark == -8.0 else 15.0
    assert pitch_of(mended(with_foot(mark, shank))) == pytest.approx(true, abs=1.0)


def test_a_foot_that_points_down_keeps_its_angle() -> None:
    assert pitch_of(mended(with_foot(-40.0, 20.0))) == pytest.approx(-40.0)


def test_putting_the_heel_back_keeps_the_length_of_the_foot() -> None:
    xy = with_foot(-8.0, 40.0)
    heel, toe = Landmark.RIGHT_HEEL, Landmark.RIGHT_FOOT_INDEX
    after = mended(xy)
    assert np.linalg.norm(after[0, toe] - after[0, heel]) == pytest.approx(np.linalg.norm(xy[0, toe] - xy[0, heel]))


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


@pytest.mark.parametrize(("mark", "shank"), [(-25.0, 30.0), (-22.0, 35.0), (-30.0, 45.0)])
def test_a_heel_that_is_lifted_is_left_where_it_is(mark: float, shank: float) -> None:
    assert pitch_of(mended(with_foot(mark, shank))) == pytest.approx(mark, abs=1.5)


def test_a_foot_that_tips_farther_is_never_read_flatter() -> None:
    read = [pitch_of(mended(with_foot(float(pitch), 35.0))) for pitch in range(0, -41, -1)]
    assert (np.diff(read) < 0.0).all()
