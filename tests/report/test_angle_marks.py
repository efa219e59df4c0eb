from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.report import pages, verdicts

from formcheck.criteria.model import ShownAngle
from formcheck.kinematics.recording import ANGLE_COLUMNS
from formcheck.report.angle_marks import base_name, hint_of, judged_column, mark_of
from formcheck.vocabulary import Landmark, Side, Unit

TRACK = pages.recording(Path("high knees.npz"), is_track=True)
AT_A_LEFT_PEAK = round(pages.LEFT_PEAKS_S[0] * pages.RATE_HZ)


def drawn_angle(column: str, row: int = AT_A_LEFT_PEAK) -> float:
    mark = mark_of(column, TRACK.clean.xy_px[row])
    assert mark is not None
    limb = np.array(mark.end) - np.array(mark.vertex)
    cosine = limb @ np.array(mark.zero) / np.hypot(*limb)
    return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))


@pytest.mark.parametrize("column", ["left_thigh_elevation", "left_knee_flexion", "right_knee_flexion", "trunk_lean"])
def test_the_drawn_angle_is_the_angle_of_the_table(column: str) -> None:
    assert drawn_angle(column) == pytest.approx(float(TRACK.angles[column][AT_A_LEFT_PEAK]), abs=0.01)


def test_hip_flexion_is_drawn_from_the_line_of_the_trunk() -> None:
    assert drawn_angle("left_hip_flexion") == pytest.approx(60.0 + 12.0, abs=0.01)


@pytest.mark.parametrize("column", ANGLE_COLUMNS)
def test_every_angle_can_be_drawn_and_says_where_zero_is(column: str) -> None:
    points = np.random.default_rng(1).uniform(0.0, 100.0, (len(Landmark), 2))
    mark = mark_of(column, points)
    assert mark is not None
    assert np.hypot(*mark.zero) == pytest.approx(1.0)
    assert hint_of(base_name(column)).startswith("0°")


def test_an_angle_with_an_unseen_joint_is_not_drawn() -> None:
    points = TRACK.clean.xy_px[0].copy()
    points[Landmark.LEFT_KNEE] = np.nan
    assert mark_of("left_knee_flexion", points) is None
    assert mark_of("right_knee_flexion", points) is not None


def test_a_finding_is_shown_by_the_angle_of_its_side() -> None:
    assert judged_column(pages.low_knee(TRACK), (TRACK,)) == "left_thigh_elevation"
    assert judged_column(pages.low_knee(TRACK, Side.RIGHT), (TRACK,)) == "right_thigh_elevation"
    assert judged_column(pages.leaning(TRACK), (TRACK,)) == "trunk_lean"


def test_a_criterion_of_the_front_leg_is_shown_on_the_other_side_than_the_one_judged() -> None:
    front = verdicts.criterion(angle=ShownAngle("knee_flexion", of_other_side=True))
    assert judged_column(replace(pages.low_knee(TRACK), criterion=front), (TRACK,)) == "right_knee_flexion"


def test_a_reading_of_the_whole_body_is_shown_on_the_side_that_reads_its_value() -> None:
    read = pages.read_at(TRACK, "right_thigh_elevation", pages.LEFT_PEAKS_S[0])
    assert judged_column(replace(pages.low_knee(TRACK), side=None, evidence=read), (TRACK,)) == "right_thigh_elevation"


def test_an_angle_that_is_unknown_at_its_moments_is_not_shown() -> None:
    blind = replace(TRACK, angles={**TRACK.angles, "left_thigh_elevation": np.full(len(TRACK.clean), np.nan)})
    assert judged_column(pages.low_knee(blind), (blind,)) is None


def test_what_is_no_angle_has_no_column() -> None:
    length = verdicts.criterion(unit=Unit.LEG_LENGTHS)
    assert judged_column(replace(pages.low_knee(TRACK), criterion=length), (TRACK,)) is None
