"""Fast feet on synthetic motion: recognised from everywhere, counted, and every fault told at its size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.athlete import Camera, Film, filmed
from tests.exercises.trials import FRONT, SIDE, YAWS, Case, Trial, edges, hidden, same, verdict_on, why_unjudged
from tests.judged import Judged, judged
from tests.movements import NEGATIVES, ButtKicks, HighKnees, butt_kicks, high_knees
from tests.movements.fast_feet import FastFeet, fast_feet

from formcheck.criteria.model import Problem
from formcheck.exercises.fast_feet import EXERCISE
from formcheck.kinematics.level import level_motion
from formcheck.kinematics.motion import Motion
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Part, Side, Status

STANDING = 1.2
QUICK = {"duty": 0.30}
CASES = [
    *edges("cadence", "cadence", good=202.0, minor=(198.0, 182.0), major=177.0, reads=same, **QUICK),
    *edges("cadence", "cadence", good=320.0, major=146.0, reads=same),
    *edges("cadence_kept", "kept", good=0.95, minor=(0.90, 0.86), major=0.81, reads=same, tolerance=0.02),
    *edges("contact_time", "duty", good=0.36, minor=(0.44, 0.49), major=0.60, cadence=240.0),
    *edges("scrunched_trunk", "lean", good=14.0, minor=(16.5, 24.5), major=27.0, reads=same),
    *edges("scrunched_trunk", "stance_knee", good=38.0, minor=(44.0,), major=60.0),
    *edges("feet_too_high", "height", good=0.33, minor=(0.39, 0.53), major=0.60, reads=same, tolerance=0.04),
]


def seen(film: Film = SIDE, **changes: Any) -> Trial:
    return Trial(fast_feet, FastFeet(**changes), film)


@pytest.mark.parametrize("yaw", YAWS.values(), ids=YAWS)
def test_fast_feet_are_recognised_and_the_steps_counted(yaw: float) -> None:
    verdict = verdict_on(seen(Film(fps=30.0, camera=Camera(yaw=yaw)), cadence=300.0))
    assert verdict.exercises == ["fast_feet"]
    assert abs(verdict.repetitions() - 24) <= 1
    assert verdict.only.cadence_steps_per_minute == pytest.approx(300.0, rel=0.01)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_at_its_size(case: Case) -> None:
    verdict = verdict_on(seen(**case.changes))
    assert verdict.exercises == ["fast_feet"]
    finding = verdict.finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


def test_clean_fast_feet_have_no_fault() -> None:
    verdict = verdict_on(seen(standing=STANDING))
    assert verdict.only.pitfalls == ()
    assert (verdict.only.score, verdict.only.coverage) == (100.0, 1.0)


def test_the_best_seconds_are_told() -> None:
    assert "the best 3 seconds" in verdict_on(seen(kept=0.85)).finding("cadence").detail


def shaped(share: float, towards: Part, *moved: Part) -> Judged:
    """Return the verdict on somebody who first stands, then steps with some parts moved by a share towards another."""
    film, drill = SIDE, FastFeet(standing=STANDING)
    poses = filmed(fast_feet(drill), drill.lasts, film)
    return judged(moved_towards(poses, share, towards, moved))


def moved_towards(poses: PoseSequence, share: float, towards: Part, moved: tuple[Part, ...]) -> PoseSequence:
    stepping, xy = poses.time_s > STANDING, poses.xy_px.copy()
    for side in Side:
        target, shoulder = poses.xy_px[:, towards.on(side)], poses.xy_px[:, Part.SHOULDER.on(side)]
        way = np.where(stepping[:, None], share * (target - shoulder), 0.0)
        for part in moved:
            xy[:, part.on(side)] += way
    return replace(poses, xy_px=xy)


@pytest.mark.parametrize(("share", "status"), [(0.05, Status.GOOD), (0.17, Status.MINOR), (0.45, Status.MINOR)])
def test_shoulders_drawn_up_to_the_ears_look_hunched_and_are_never_a_major_fault(share: float, status: Status) -> None:
    assert shaped(share, Part.EAR, Part.SHOULDER).finding("hunched_shoulders").status is status


@pytest.mark.parametrize(("share", "status"), [(0.04, Status.GOOD), (0.10, Status.MINOR), (0.20, Status.MAJOR)])
def test_a_trunk_that_shortens_is_scrunched_though_it_does_not_lean(share: float, status: Status) -> None:
    finding = shaped(share, Part.HIP, Part.SHOULDER, Part.EAR, Part.ELBOW, Part.WRIST).finding("scrunched_trunk")
    assert finding.status is status
    assert "of its standing length" in finding.detail


def test_a_neck_is_compared_with_the_own_standing_only() -> None:
    assert why_unjudged(verdict_on(seen()).finding("hunched_shoulders")) is Problem.NO_BASELINE


def test_contacts_are_timed_from_sixty_frames_a_second_only() -> None:
    assert why_unjudged(verdict_on(seen(Film(fps=30.0))).finding("contact_time")) is Problem.FRAME_RATE
    assert verdict_on(seen(Film(fps=59.94))).finding("contact_time").status is Status.GOOD


@pytest.mark.parametrize("key", ["contact_time", "scrunched_trunk"])
def test_what_needs_the_side_view_is_not_judged_from_the_front(key: str) -> None:
    assert why_unjudged(verdict_on(seen(FRONT)).finding(key)) is Problem.WRONG_VIEW


def test_cadence_and_high_feet_are_told_from_the_front() -> None:
    verdict = verdict_on(seen(FRONT, cadence=190.0, height=0.3))
    assert verdict.finding("cadence").status is Status.MINOR
    assert verdict_on(seen(FRONT, cadence=300.0, height=0.6)).finding("feet_too_high").status is Status.MAJOR


@pytest.mark.parametrize(("knee", "thigh"), [(88.0, 8.0), (98.0, 0.0)])
def test_heels_that_are_kicked_up_behind_are_no_fast_feet(knee: float, thigh: float) -> None:
    kicks = filmed(butt_kicks(ButtKicks(cadence=225.0, knee=knee, thigh=thigh)), 5.0, SIDE)
    assert EXERCISE.find(level_motion(kicks)) == ()


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("contact_time", hidden(Part.HEEL)),
        ("scrunched_trunk", hidden(Part.SHOULDER)),
        ("hunched_shoulders", hidden(Part.EAR)),
        ("feet_too_high", hidden(Part.TOE)),
        ("cadence", hidden(Part.ANKLE)),
    ],
)
def test_what_is_hidden_is_not_judged(key: str, parts: frozenset[Any]) -> None:
    verdict = verdict_on(seen(replace(SIDE, hidden=parts), standing=STANDING))
    assert verdict.exercises == ["fast_feet"]
    assert why_unjudged(verdict.finding(key)) is Problem.NOT_VISIBLE


def test_a_short_burst_tells_nothing_of_tempo_kept() -> None:
    finding = verdict_on(seen(drill_seconds=2.5)).finding("cadence_kept")
    assert why_unjudged(finding) is Problem.TOO_FEW


@pytest.mark.parametrize("yaw", [-90.0, 0.0])
@pytest.mark.parametrize("movement", NEGATIVES.values(), ids=NEGATIVES)
def test_other_movements_are_no_fast_feet(movement: Any, yaw: float) -> None:
    motion = Motion(filmed(movement, 6.0, Film(fps=30.0, camera=Camera(yaw=yaw))))
    assert EXERCISE.find(motion) == ()


@pytest.mark.parametrize("cadence", [150.0, 210.0, 250.0])
def test_lifted_knees_are_high_knees_up_to_their_cadence(cadence: float) -> None:
    assert verdict_on(Trial(high_knees, HighKnees(cadence=cadence, thigh=58.0))).exercises == ["high_knees"]


@pytest.mark.parametrize("rate_hz", [20.0, 24.0])
def test_few_frames_a_second_still_show_how_high_each_foot_comes(rate_hz: float) -> None:
    verdict = verdict_on(seen(Film(fps=rate_hz), cadence=300.0, height=0.5))
    assert verdict.exercises == ["fast_feet"]
    assert abs(verdict.repetitions() - 24) <= 1
    assert verdict.finding("feet_too_high").value == pytest.approx(0.5, abs=0.12)


def test_a_phone_that_drops_every_fifth_frame_shows_as_many_steps() -> None:
    clip = filmed(fast_feet(FastFeet(cadence=300.0, height=0.5)), 5.0, Film(fps=30.0))
    (bout,) = EXERCISE.find(Motion(clip.part(np.arange(len(clip)) % 5 != 2)))
    assert abs(len(bout.reps) - 24) <= 1
    assert bout.confidence > 0.9
