"""Named joint angles: zero and sign as a coach sees them, for both sides, both facings, front and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stick_figure import facing, filmed, standing, with_leg

from formcheck.kinematics.angles import Posture
from formcheck.kinematics.geometry import FloatArray
from formcheck.vocabulary import Landmark, Part, Side

FROM_LEFT, FROM_RIGHT = 90.0, -90.0
FROM_FRONT, FROM_BEHIND = 0.0, 180.0
SIDES = pytest.mark.parametrize("side", list(Side))


def seen_from(yaw_deg: float, body: FloatArray) -> Posture:
    """Return the posture as the picture of a side camera shows it; showing the left side, forward is to the left."""
    poses = filmed(body, np.arange(len(body)) / 30.0, facing(yaw_deg))
    return Posture(poses.xy_px, np.full(len(body), -1.0 if yaw_deg > 0 else 1.0))


def leg(side: Side, *, thigh: float, knee: float) -> FloatArray:
    return with_leg(standing(1), side, thigh_deg=np.array([thigh]), knee_deg=np.array([knee]))


def turned_between(first: FloatArray, second: FloatArray | float) -> float:
    """Return the turn between two directions, so that -180 and 180 are the same."""
    return float(np.abs((first - second + 180.0) % 360.0 - 180.0).max())


def moved(body: FloatArray, landmark: Landmark, by: tuple[float, float, float]) -> FloatArray:
    """Return the body with one joint moved by (left, up, forward) metres."""
    changed = body.copy()
    changed[:, landmark] += by
    return changed


@pytest.mark.parametrize("yaw", [FROM_LEFT, FROM_RIGHT], ids=["left side shown", "right side shown"])
class TestFromTheSide:
    @SIDES
    def test_somebody_who_stands_has_zero_everywhere(self, yaw: float, side: Side) -> None:
        posture = seen_from(yaw, standing(1))
        for angle in (posture.knee_flexion, posture.hip_flexion, posture.thigh_elevation, posture.shank_inclination):
            assert angle(side) == pytest.approx(0.0, abs=1e-6)
        assert posture.foot_pitch(side) == pytest.approx(0.0, abs=1e-6)
        assert posture.ankle_dorsiflexion(side) == pytest.approx(0.0, abs=1e-6)
        assert posture.trunk_lean() == pytest.approx(0.0, abs=1e-6)

    @SIDES
    @given(thigh=st.floats(-60.0, 200.0), knee=st.floats(0.0, 150.0))
    def test_a_leg_reads_what_its_joints_are_set_to(self, yaw: float, side: Side, thigh: float, knee: float) -> None:
        posture = seen_from(yaw, leg(side, thigh=thigh, knee=knee))
        assert posture.thigh_elevation(side) == pytest.approx(thigh, abs=1e-6)
        assert posture.knee_flexion(side) == pytest.approx(knee, abs=1e-4)
        assert turned_between(posture.foot_pitch(side), thigh - knee) < 1e-6
        assert posture.ankle_dorsiflexion(side) == pytest.approx(0.0, abs=1e-6)

    @SIDES
    def test_a_heel_lifted_on_tiptoe_is_negative_pitch_and_a_pointed_foot(self, yaw: float, side: Side) -> None:
        tiptoe = moved(standing(1), Part.HEEL.on(side), (0.0, 0.1, 0.0))
        posture = seen_from(yaw, tiptoe)
        assert posture.foot_pitch(side) < -20.0
        assert posture.ankle_dorsiflexion(side) < -20.0

    @SIDES
    def test_a_knee_over_the_toes_is_a_forward_shin_and_a_bent_ankle(self, yaw: float, side: Side) -> None:
        posture = seen_from(yaw, moved(standing(1), Part.KNEE.on(side), (0.0, 0.0, 0.2)))
        assert posture.shank_inclination(side) == pytest.approx(np.degrees(np.arctan2(0.2, 0.4)), abs=1e-6)
        assert posture.ankle_dorsiflexion(side) == pytest.approx(posture.shank_inclination(side), abs=1e-6)

    @SIDES
    def test_bending_the_trunk_over_a_standing_leg_flexes_the_hip(self, yaw: float, side: Side) -> None:
        bowed = standing(1)
        bowed[:, [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]] += (0.0, -0.5, 0.5)
        posture = seen_from(yaw, bowed)
        assert posture.trunk_lean() == pytest.approx(90.0)
        assert posture.hip_flexion(side) == pytest.approx(90.0)

    @SIDES
    def test_a_leg_behind_an_upright_trunk_extends_the_hip(self, yaw: float, side: Side) -> None:
        assert seen_from(yaw, leg(side, thigh=-25.0, knee=10.0)).hip_flexion(side) == pytest.approx(-25.0, abs=1e-6)

    @SIDES
    def test_elbows_bent_square_read_90(self, yaw: float, side: Side) -> None:
        body = standing(1)
        shoulder = body[0, Part.SHOULDER.on(side)]
        body[:, Part.ELBOW.on(side)] = shoulder + np.array([0.0, -0.3, 0.0])
        body[:, Part.WRIST.on(side)] = shoulder + np.array([0.0, -0.3, 0.25])
        assert seen_from(yaw, body).elbow_flexion(side) == pytest.approx(90.0)

    @SIDES
    def test_a_hidden_ankle_hides_the_knees_angle_but_not_the_thighs(self, yaw: float, side: Side) -> None:
        body = moved(standing(2), Part.ANKLE.on(side), (0.0, 0.0, 0.0))
        body[0, Part.ANKLE.on(side)] = np.nan
        posture = seen_from(yaw, body)
        assert np.isnan(posture.knee_flexion(side)).tolist() == [True, False]
        assert np.isfinite(posture.thigh_elevation(side)).all()


@pytest.mark.parametrize(
    ("yaw", "left"), [(FROM_FRONT, 1.0), (FROM_BEHIND, -1.0)], ids=["from the front", "from behind"]
)
class TestFromTheFront:
    @SIDES
    @pytest.mark.parametrize(("inwards", "sign"), [(0.08, 1), (-0.08, -1)], ids=["knock knee", "bow leg"])
    def test_a_knee_towards_the_middle_is_positive(
        self, yaw: float, left: float, side: Side, inwards: float, sign: int
    ) -> None:
        outwards = 1.0 if side is Side.LEFT else -1.0
        body = moved(standing(1), Part.KNEE.on(side), (-outwards * inwards, 0.0, 0.0))
        valgus = seen_from(yaw, body).knee_valgus(side, np.array([left]))
        bent = np.degrees(np.arctan2(0.08, 0.42) + np.arctan2(0.08, 0.40))
        assert valgus == pytest.approx(sign * bent, abs=1e-6)

    @SIDES
    def test_a_straight_leg_has_none_even_on_spread_feet(self, yaw: float, left: float, side: Side) -> None:
        body = standing(1)
        outwards = 1.0 if side is Side.LEFT else -1.0
        body[:, Part.ANKLE.on(side)] = body[:, Part.HIP.on(side)] + (0.3 * outwards, -0.8, 0.0)
        body[:, Part.KNEE.on(side)] = body[:, Part.HIP.on(side)] + (0.15 * outwards, -0.4, 0.0)
        assert seen_from(yaw, body).knee_valgus(side, np.array([left])) == pytest.approx(0.0, abs=1e-5)

    def test_leaning_to_the_own_left_is_positive(self, yaw: float, left: float) -> None:
        body = standing(1)
        body[:, [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]] += (0.1, 0.0, 0.0)
        lean = seen_from(yaw, body).trunk_side_lean(np.array([left]))
        assert lean == pytest.approx(np.degrees(np.arctan2(0.1, 0.5)))

    def test_a_higher_left_hip_is_positive(self, yaw: float, left: float) -> None:
        body = moved(standing(1), Landmark.LEFT_HIP, (0.0, 0.05, 0.0))
        tilt = seen_from(yaw, body).pelvic_obliquity(np.array([left]))
        assert tilt == pytest.approx(np.degrees(np.arctan2(0.05, 0.2)))

    @SIDES
    def test_an_unseen_knee_has_no_valgus(self, yaw: float, left: float, side: Side) -> None:
        body = standing(1)
        body[:, Part.KNEE.on(side)] = np.nan
        assert np.isnan(seen_from(yaw, body).knee_valgus(side, np.array([left]))).all()


@SIDES
@given(thigh=st.floats(-60.0, 200.0), knee=st.floats(1.0, 150.0))
def test_a_mirrored_picture_read_the_other_way_round_has_the_same_angles(side: Side, thigh: float, knee: float) -> None:
    seen = seen_from(FROM_RIGHT, leg(side, thigh=thigh, knee=knee))
    mirror = Posture(seen.xy_px * np.array([-1.0, 1.0]), -seen.forward)
    for name in ("knee_flexion", "hip_flexion", "thigh_elevation", "shank_inclination", "foot_pitch"):
        assert turned_between(getattr(seen, name)(side), getattr(mirror, name)(side)) < 1e-6, name
