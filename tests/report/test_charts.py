import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.report import pages, verdicts

from formcheck.criteria.model import ShownAngle
from formcheck.kinematics.recording import Recording
from formcheck.report.bones import ACROSS, LIMBS
from formcheck.report.charts import FIGURE_POINTS, MOST_FIGURES, MOST_POINTS, charts_of, figure_json, span_of, thinned
from formcheck.vocabulary import Landmark, Side, Status

SHOWN = ("thigh_elevation", "trunk_lean", "knee_valgus")


@pytest.fixture
def track() -> Recording:
    return pages.recording(Path("high knees.npz"), is_track=True)


def test_only_angles_that_are_known_get_a_chart(track: Recording) -> None:
    charts = charts_of(pages.stretch(track), (track,), SHOWN)
    assert [chart.angle for chart in charts] == ["thigh_elevation", "trunk_lean"]
    assert [[line.side for line in chart.series] for chart in charts] == [["left", "right"], ["body"]]


def test_a_chart_shows_the_band_and_the_moments_of_the_finding_that_reads_it(track: Recording) -> None:
    thigh, trunk = (chart.as_json() for chart in charts_of(pages.stretch(track), (track,), SHOWN))
    assert thigh["good"] == [80.0, None]
    assert len(thigh["faults"]) == 8
    assert trunk["good"] == [None, 10.0]
    assert {fault["status"] for fault in trunk["faults"]} == {"minor"}


def test_a_change_of_an_angle_has_no_band_on_the_axis_of_that_angle(track: Recording) -> None:
    drift = verdicts.criterion(angle=ShownAngle("thigh_elevation", as_change=True))
    verdict = pages.stretch(track, replace(pages.low_knee(track), criterion=drift))
    (chart,) = charts_of(verdict, (track,), ("thigh_elevation",))
    assert (chart.judged_by, chart.faults) == (None, ())


def test_good_findings_lend_their_band_but_mark_no_moment(track: Recording) -> None:
    good = replace(pages.low_knee(track), status=Status.GOOD)
    chart = charts_of(pages.stretch(track, good), (track,), SHOWN)[0].as_json()
    assert chart["good"] == [80.0, None]
    assert chart["faults"] == []


def test_moments_of_another_view_are_not_marked(track: Recording) -> None:
    other = replace(pages.low_knee(track), evidence=pages.read_at(track, "left_thigh_elevation", 0.4, clip=1))
    chart = charts_of(pages.stretch(track, other), (track, track), SHOWN)[0].as_json()
    assert chart["faults"] == []


def test_the_side_away_from_the_camera_is_marked(track: Recording) -> None:
    left, right = charts_of(pages.stretch(track), (track,), SHOWN)[0].series
    assert (left.near, right.near) == (False, True)


def test_charts_show_the_stretch_with_air_inside_the_clip(track: Recording) -> None:
    assert span_of(pages.stretch(track, start_s=1.0, end_s=2.0), track) == (0.5, 2.5)
    assert span_of(pages.stretch(track, start_s=0.2, end_s=3.8), track) == pytest.approx((0.0, 3.96))


def test_thinning_keeps_the_extremes_and_the_gaps_of_every_line() -> None:
    rng = np.random.default_rng(7)
    lines = [rng.normal(size=20_000), rng.normal(size=20_000)]
    lines[0][777], lines[1][15_001] = 40.0, -40.0
    lines[1][5_000:9_000] = np.nan
    kept = thinned(lines, MOST_POINTS)
    assert {0, 777, 15_001, 19_999} <= set(kept.tolist())
    assert len(kept) <= 2.5 * MOST_POINTS
    assert np.isnan(lines[1][kept]).sum() > 100
    assert (np.diff(kept) > 0).all()


def test_a_short_clip_is_not_thinned() -> None:
    assert thinned([np.arange(100.0)], MOST_POINTS).tolist() == list(range(100))


def test_unknown_values_are_null_and_nothing_is_nan(track: Recording) -> None:
    holes = {name: np.where(np.arange(len(series)) % 2, series, np.nan) for name, series in track.angles.items()}
    charts = charts_of(pages.stretch(track), (replace(track, angles=holes),), SHOWN)
    text = json.dumps([chart.as_json() for chart in charts], allow_nan=False)
    assert "null" in text


def test_the_figure_of_a_long_clip_has_few_postures() -> None:
    long = pages.recording(Path("long.npz"), seconds=200.0, is_track=True)
    figure = figure_json(long, Side.RIGHT)
    assert len(figure["time_s"]) == len(figure["points"]) <= MOST_FIGURES
    assert figure["near"] == "right"
    assert all(len(posture) == 34 for posture in figure["points"])


def test_the_figure_names_the_bones_that_every_other_picture_has() -> None:
    figure = figure_json(pages.recording(Path("short.npz"), is_track=True), None)
    parts = [landmark.name.removeprefix("LEFT_") for landmark in FIGURE_POINTS[1::2]]
    names = {part: Landmark(part.on(Side.LEFT)).name.removeprefix("LEFT_") for limb in LIMBS for part in limb}
    assert [[parts[place] for place in limb] for limb in figure["limbs"]] == [[names[a], names[b]] for a, b in LIMBS]
    assert [parts[place] for place in figure["across"]] == [names[part] for part in ACROSS]
