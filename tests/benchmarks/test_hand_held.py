"""A sample clip as a phone in a hand films it: the verdict of the one on a tripod."""

from pathlib import Path

import numpy as np
import pytest
from benchmarks.cases import ClipCase, read_clips
from benchmarks.degraded_clips import Order, write_degraded

from formcheck.analysis import Analysis, Options, analyse
from formcheck.kinematics.repair import trunk_length

ROOT = Path(__file__).resolve().parents[2]
CASES = {case.name: case for case in read_clips(ROOT / "sample_videos")}
NAMES = ("lunge", "pistol_squat")


@pytest.fixture(scope="module", params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in NAMES])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Analysis, Analysis]:
    """Return the analysis of a sample and that of its copy from the hand."""
    case: ClipCase = CASES[request.param]
    order = Order(original=case, companion=case, degradation="hand_held", folder=tmp_path_factory.mktemp(request.param))
    write_degraded(order)
    still, swayed = (analyse([path], Options(use_cache=False)) for path in (case.path, order.case.path))
    return still, swayed


def test_exercise_and_count_stay(both: tuple[Analysis, Analysis]) -> None:
    still, swayed = (analysis.assessment.assessments for analysis in both)
    assert [one.exercise.id for one in swayed] == [one.exercise.id for one in still]
    assert len(swayed[0].repetitions) == len(still[0].repetitions)


def test_nearly_every_status_stays(both: tuple[Analysis, Analysis]) -> None:
    still, swayed = (analysis.assessment.assessments[0].criteria for analysis in both)
    kept = [(a.criterion.key, a.side) for a, b in zip(still, swayed, strict=True) if a.status is b.status]
    assert len(kept) >= len(still) - 1


def test_the_landmarks_that_are_drawn_follow_the_picture(both: tuple[Analysis, Analysis]) -> None:
    recording = both[1].recordings[0]
    assert recording.poses.background is not None
    off = np.linalg.norm(recording.clean.xy_px - recording.poses.xy_px, axis=2)
    assert np.nanmedian(off) < 0.02 * trunk_length(recording.poses.xy_px)
