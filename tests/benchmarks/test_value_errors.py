"""Measured values and verdicts beside those that landmarks without error give."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.cases import read_clips
from benchmarks.outcome import Outcome, Verdict, from_text, to_text
from benchmarks.perfect import perfect_answers, perfect_poses
from benchmarks.recognition import ClipResult
from benchmarks.results import Results
from benchmarks.truth import read_truth
from benchmarks.value_errors import pairs, share_within, value_scores, verdict_score
from benchmarks.value_tables import value_tables
from tests.benchmarks.outcomes import answer, clip

from formcheck.analysis import Options, analyse
from formcheck.kinematics.motion import Motion
from formcheck.vocabulary import Part, Side

SAMPLES = Path(__file__).resolve().parents[2] / "sample_videos"


def verdict(status: str, value: float | None, *, key: str = "step_length", kind: str = "expectation") -> Verdict:
    return Verdict(key=key, kind=kind, side="left", status=status, value=value, standard_error=0.5)


def outcome(measured: Verdict, perfect: Verdict, case: str = "a") -> Outcome:
    told, ideal = (replace(answer(), verdicts=(one,)) for one in (measured, perfect))
    return Outcome(case=case, answers=(told,), perfect=(ideal,))


def results(*outcomes: Outcome) -> list[ClipResult]:
    return [(clip(each.case), each) for each in outcomes]


def test_a_value_is_set_beside_the_one_of_perfect_landmarks() -> None:
    (pair,) = pairs(results(outcome(verdict("good", 3.0), verdict("minor", 2.0))))
    assert pair.error == pytest.approx(1.0)
    assert pair.standard_errors == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("measured", "perfect"),
    [
        (verdict("not_assessable", None), verdict("good", 1.0)),
        (verdict("good", 1.0), verdict("not_assessable", None)),
        (verdict("good", 1.0, kind="dose"), verdict("good", 1.0, kind="dose")),
        (verdict("good", 1.0), verdict("good", 1.0, key="other")),
    ],
    ids=["not measured", "not measured on true points", "only told", "another criterion"],
)
def test_what_cannot_be_compared_is_left_out(measured: Verdict, perfect: Verdict) -> None:
    assert pairs(results(outcome(measured, perfect))) == []


def test_verdicts_are_counted_as_milder_harsher_and_opposite() -> None:
    statuses = [("good", "good"), ("good", "minor"), ("major", "minor"), ("good", "major"), ("info", "good")]
    found = pairs(results(*(outcome(verdict(a, 1.0), verdict(b, 1.0), case=f"{a}-{b}") for a, b in statuses)))
    score = verdict_score(found)
    assert (score.judged, score.same, score.milder, score.harsher, score.opposite) == (4, 1, 2, 1, 1)


def test_bias_and_spread_are_told_from_three_values_on() -> None:
    some = [outcome(verdict("good", 1.0 + error), verdict("good", 1.0), case=str(error)) for error in (0.1, 0.3, 0.5)]
    assert value_scores(pairs(results(*some[:2]))) == []
    (score,) = value_scores(pairs(results(*some)))
    assert (score.exercise, score.key, score.unit, score.errors.n) == ("lunge", "step_length", "leg lengths", 3)
    assert (score.errors.bias, score.errors.spread, score.told) == pytest.approx((0.3, 0.2, 0.5))
    assert share_within(pairs(results(*some)), 1.0) == 1.0
    assert share_within(pairs(results(*some)), 0.8) == pytest.approx(2 / 3)


def test_no_values_make_no_tables() -> None:
    nothing = Results(clips=[], cameras=[], tracks=[], catalogue=frozenset(), drills=frozenset())
    assert list(value_tables(nothing)) == []
    assert np.isnan(share_within([], 1.0))


def test_perfect_answers_survive_being_kept_as_a_file() -> None:
    kept = outcome(verdict("good", 3.0), verdict("minor", 2.0))
    assert from_text(to_text(kept)) == kept


def test_the_true_points_are_marked_so_that_joints_come_out_where_they_are() -> None:
    case = next(case for case in read_clips(SAMPLES) if case.name == "pistol_squat")
    truth = read_truth(case.truth)
    (recording,) = analyse([case.path], Options()).recordings
    poses = perfect_poses(recording, truth)
    joints, true = Motion(poses).posture_of(Motion(poses).unrepaired.xy_px), truth.at(poses.time_s)
    for part in (Part.HIP, Part.KNEE, Part.ANKLE, Part.HEEL, Part.TOE):
        for side in Side:
            off = np.linalg.norm(joints.at(part, side) - true.xy_px[:, part.on(side)], axis=1) / truth.trunk_px
            assert np.nanmax(off) < 0.01, (part, side)
    (perfect,) = perfect_answers(recording, truth, "pistol_squat")
    assert perfect.repetitions == truth.repetitions
    assert {verdict.status for verdict in perfect.verdicts} <= {"good", "info", "not_assessable"}
