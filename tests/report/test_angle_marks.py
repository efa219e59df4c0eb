from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.report import pages, verdicts

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


def test_a_finding_is_traced_to_the_angle_that_reads_its_values() -> None:
    assert judged_column(pages.low_knee(TRACK), (TRACK,), ("thigh_elevation", "trunk_lean")) == "left_thigh_elevation"
    assert judged_column(pages.leaning(TRACK), (TRACK,), ()) == "trunk_lean"


def test_a_value_read_less_smoothly_is_traced_by_what_the_criterion_speaks_of() -> None:
    finding = pages.low_knee(TRACK, Side.RIGHT)
    off = tuple(replace(moment, value=moment.value + 3.0) for moment in finding.evidence)
    spoken = replace(finding, evidence=off)
    assert judged_column(spoken, (TRACK,), ("thigh_elevation",)) == "right_thigh_elevation"
    unspoken = replace(spoken, criterion=verdicts.criterion("hands", title="Hands"))
    assert judged_column(unspoken, (TRACK,), ("thigh_elevation",)) is None


def test_what_is_no_angle_has_no_column() -> None:
    length = verdicts.criterion(unit=Unit.LEG_LENGTHS)
    assert judged_column(replace(pages.low_knee(TRACK), criterion=length), (TRACK,), ("thigh_elevation",)) is None
