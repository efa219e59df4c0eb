"""The verdict does not depend on which side is which, nor on how often it is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.athlete import mirrored
from tests.judged import judged
from tests.movements import EXAMPLES, Example

from formcheck.assessment import Assessment, ExerciseAssessment
from formcheck.pose.sequence import PoseSequence
from formcheck.vocabulary import Facing, Side

FINEST_PX = 1.0 / 64.0
"""Places are rounded to this before they are mirrored, so that subtracting them from the width loses nothing."""
EVERY_EXAMPLE = pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
SEEN_IN_A_MIRROR = {Facing.LEFT: Facing.RIGHT, Facing.RIGHT: Facing.LEFT}


def _on_a_grid(poses: PoseSequence) -> PoseSequence:
    return replace(poses, xy_px=np.round(poses.xy_px / FINEST_PX) * FINEST_PX)


def _told(assessment: Assessment, *, turned: bool = False) -> list[dict[str, Any]]:
    """Return what a reader is told; ``turned`` exchanges left and right."""
    return [_told_of(found, turned=turned) for found in assessment.assessments]


def _told_of(found: ExerciseAssessment, *, turned: bool) -> dict[str, Any]:
    def side(own: Side | None) -> str:
        return "" if own is None else (own.other if turned else own).value

    facing = SEEN_IN_A_MIRROR.get(found.view.facing, found.view.facing) if turned else found.view.facing
    return {
        "exercise": found.exercise.id,
        "confidence": pytest.approx(found.exercise.confidence),
        "view": (found.view.name, facing),
        "repetitions": sorted((r.start_s, r.peak_s, r.end_s, side(r.side)) for r in found.repetitions),
        "holds": sorted((h.start_s, h.end_s, side(h.side)) for h in found.holds),
        "findings": {
            (f.criterion.key, side(f.side)): (
                f.status,
                pytest.approx(f.value),
                pytest.approx(f.standard_error),
                f.repetitions_judged,
                [e.frame for e in f.evidence],
                f.reason and f.reason.code,
            )
            for f in found.criteria
        },
        "pitfalls": sorted(found.pitfalls),
        "score": pytest.approx(found.score),
        "near": found.quality.near_side and side(found.quality.near_side),
    }


@EVERY_EXAMPLE
def test_a_mirrored_athlete_gets_the_mirrored_verdict(example: Example) -> None:
    poses = _on_a_grid(example.filmed())
    direct, reflected = judged(poses).assessment, judged(mirrored(poses)).assessment
    assert direct.assessments
    assert _told(reflected) == _told(direct, turned=True)


@EVERY_EXAMPLE
def test_the_same_landmarks_always_get_the_same_verdict(example: Example) -> None:
    poses = example.filmed()
    first, second = judged(poses).assessment, judged(poses).assessment
    assert first.assessments == second.assessments
