"""The truth of the sample clips is read as it is meant: its own angles follow from its own points."""

from pathlib import Path

import numpy as np
import pytest
from benchmarks.truth import Truth, read_truth

from formcheck.vocabulary import Side

SAMPLES = Path(__file__).resolve().parents[2] / "sample_videos"


def truth_of(sample: str) -> Truth:
    return read_truth(SAMPLES / f"{sample}.truth.json.gz")


@pytest.mark.parametrize("sample", ["butt_kicks", "lunge", "pistol_squat_knee_valgus"])
def test_the_points_give_the_angles_of_the_picture(sample: str) -> None:
    truth = truth_of(sample)
    knee = 180.0 - truth.posture.knee_flexion(Side.LEFT)
    raised = np.abs(truth.posture.thigh_elevation(Side.LEFT))
    np.testing.assert_allclose(knee, truth.image_angles["knee_L"], atol=0.1)
    np.testing.assert_allclose(raised, 90.0 + truth.image_angles["thigh_above_horizontal_L"], atol=0.1)
    np.testing.assert_allclose(np.abs(truth.posture.trunk_lean()), truth.image_angles["trunk_from_vertical"], atol=0.1)


def test_knees_that_are_driven_up_come_up_in_front() -> None:
    """Forward is right: the swinging thigh of high knees rises to +90 degrees, not to -90."""
    truth = truth_of("high_knees")
    highest = [truth.posture.thigh_elevation(side).max() for side in Side]
    lowest = [truth.posture.thigh_elevation(side).min() for side in Side]
    assert min(highest) > 85.0
    assert min(lowest) > -40.0


def test_a_camera_at_the_right_side_has_the_right_leg_near_and_looks_left_to_right() -> None:
    truth = truth_of("high_knees")
    assert (truth.near, truth.forward) == (Side.RIGHT, 1.0)


def test_from_the_front_neither_side_is_near() -> None:
    assert truth_of("pistol_squat_knee_valgus").near is None


def test_a_clean_clip_has_no_fault_and_a_faulty_one_its_size() -> None:
    assert truth_of("lunge").fault is None
    fault = truth_of("lunge_knee_past_ankle").fault
    assert fault is not None
    assert (fault.name, fault.unit) == ("knee_past_ankle", "m")
    assert fault.magnitude == pytest.approx(0.19, abs=0.01)


def test_between_its_frames_the_truth_lies_half_way_and_outside_it_is_unknown() -> None:
    truth = truth_of("lunge")
    half_way = 0.5 * (truth.time_s[10] + truth.time_s[11])
    moved = truth.at(np.array([half_way, truth.time_s[-1] + 1.0]))
    knee = truth.image_angles["knee_R"]
    assert moved.image_angles["knee_R"][0] == pytest.approx(0.5 * (knee[10] + knee[11]))
    assert np.isnan(moved.image_angles["knee_R"][1])
    assert np.isnan(moved.xy_px[1]).all()
