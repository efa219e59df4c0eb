"""The line of the body: what a plank is judged by and no column of the angle table holds."""

from dataclasses import replace

import numpy as np
import pytest
from tests.report import filmed, planked, verdicts

from formcheck.criteria.model import ShownAngle
from formcheck.report.angle_marks import judged_column, mark_of, series_of
from formcheck.report.charts import charts_of
from formcheck.report.evidence import picture_of
from formcheck.report.overlay import composition
from formcheck.report.overlay.angles import shown_angles
from formcheck.report.overlay.composition import Overlay
from formcheck.report.palette import ORANGE
from formcheck.vocabulary import Landmark, Side, Status

PLANK = planked.recording()
EVERY_ROW = np.ones(len(PLANK.clean), dtype=bool)


def test_hips_below_the_line_read_less_than_zero_in_percent_of_it() -> None:
    assert series_of(PLANK, "right_body_line")[0] == pytest.approx(-5.0)
    assert series_of(PLANK, "left_body_line")[0] == pytest.approx(0.0)
    assert series_of(PLANK, "body_line")[0] == pytest.approx(-2.5)


@pytest.mark.parametrize(
    ("value", "column"), [(-0.05, "right_body_line"), (-0.025, "body_line"), (0.0, "left_body_line")]
)
def test_a_share_is_traced_to_the_line_that_reads_it(value: float, column: str) -> None:
    assert judged_column(planked.sagging(value), (PLANK,)) == column


def test_a_share_of_something_else_is_no_line_even_if_its_value_is_the_same() -> None:
    other = verdicts.criterion("feet", title="One foot only", unit=planked.HIPS.unit, bands=planked.HIPS.bands)
    assert judged_column(replace(planked.sagging(), criterion=other), (PLANK,)) is None


def test_the_line_runs_from_shoulder_to_ankle_and_the_hip_is_off_it() -> None:
    mark = mark_of("right_body_line", PLANK.clean.xy_px[0])
    assert mark is not None
    assert mark.along == (planked.SHOULDER, planked.ANKLE)
    assert mark.vertex == planked.HIP
    assert mark.end == (320.0, 214.0)


def test_a_line_with_an_unseen_end_is_not_drawn() -> None:
    points = PLANK.clean.xy_px[0].copy()
    points[Landmark.RIGHT_ANKLE] = np.nan
    assert mark_of("right_body_line", points) is None


def test_the_video_shows_the_line_in_the_colour_of_its_status_with_its_percent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(composition, "find", lambda _id: filmed.SQUAT)
    verdict = planked.held(planked.sagging())
    shown = shown_angles(PLANK, verdict, filmed.SQUAT, 0, EVERY_ROW)
    assert (shown[0].name, shown[0].words(shown[0].values[0])) == ("hips", "−5 %")
    picture = filmed.wall(PLANK.clean)
    Overlay(PLANK, filmed.assessed(verdict), 0).draw(picture, 2.0)
    along_the_line = picture[197:204, 200:440]
    assert filmed.pixels_near(along_the_line, ORANGE) > 100


def test_the_report_charts_the_line_first_with_its_good_band_in_percent() -> None:
    first, *_ = charts_of(planked.held(planked.sagging()), (PLANK,), ("knee_flexion",))
    told = first.as_json()
    assert (first.title, told["unit"], told["good"]) == ("Body line", " %", [-3.0, None])
    assert [line["side"] for line in told["series"]] == ["right"]
    assert told["faults"] == [{"time_s": 2.0, "value": -5.0, "status": "minor"}]


def test_the_picture_of_the_fault_shows_how_far_the_hips_are_off_the_line() -> None:
    picture = picture_of(PLANK, 2.0, near=Side.RIGHT, column="right_body_line", in_plane=True, frame=None)
    assert picture.angle is not None
    assert picture.angle.zero.count("M") == 1
    assert picture.angle.limb
    assert not picture.angle.arc


def test_a_fault_of_an_angle_that_the_exercise_does_not_show_is_shown_all_the_same() -> None:
    thigh = replace(
        filmed.knee_finding(PLANK, Status.MAJOR, 1.0),
        criterion=verdicts.criterion("thigh", title="Thigh", angle=ShownAngle("thigh_elevation")),
        evidence=verdicts.evidence(1.0, value=float(PLANK.angles["right_thigh_elevation"][30])),
    )
    shown = shown_angles(PLANK, planked.held(thigh), filmed.SQUAT, 0, EVERY_ROW)
    assert "right_thigh_elevation" in [angle.column for angle in shown]
