"""An assessment as a row of a table: plain values under steady names."""

from __future__ import annotations

from typing import Any

from formcheck.assessment import Assessment, ExerciseAssessment
from formcheck.scoring import worst_by_key
from formcheck.vocabulary import Side

Row = dict[str, Any]

TEXT, DATE, NUMBER, WHOLE = "text", "date", "number", "whole number"
FIXED = {
    "file": TEXT,
    "athlete": TEXT,
    "date": DATE,
    "exercise": TEXT,
    "confidence": NUMBER,
    "view": TEXT,
    "start_s": NUMBER,
    "end_s": NUMBER,
    "score": NUMBER,
    "coverage": NUMBER,
    "reps": WHOLE,
    "reps_left": WHOLE,
    "reps_right": WHOLE,
    "holds": WHOLE,
    "holds_left": WHOLE,
    "holds_right": WHOLE,
    "hold_left_s": NUMBER,
    "hold_right_s": NUMBER,
    "longest_hold_s": NUMBER,
    "cadence_steps_per_minute": NUMBER,
    "pitfalls": TEXT,
    "strengths": TEXT,
    "folder": TEXT,
}
"""The first columns of every summary and what they hold; two for each criterion follow.

None of them is a criterion's key. A criterion's ``<key>`` is its worst status over the sides, ``<key>_value`` the
value of that finding.
"""
RECORDED_AT = "recorded_at"
HOLD_SECONDS = "hold_seconds"
"""Each hold as [side or None, seconds, in good form or None]: for the training log, no column of its own."""


def rows_of(assessment: Assessment) -> tuple[Row, ...]:
    """Return one row for each assessment of a clip; file, athlete, date and folder are filled in by the caller."""
    recorded = assessment.clips[0].recorded_at
    return tuple({RECORDED_AT: recorded, **_row(found)} for found in assessment.assessments)


def _row(found: ExerciseAssessment) -> Row:
    row: Row = {
        "exercise": found.exercise.id,
        "confidence": round(found.exercise.confidence, 3),
        "view": found.view.name.value,
        "start_s": round(found.start_s, 3),
        "end_s": round(found.end_s, 3),
        "score": None if found.score is None else round(found.score, 1),
        "coverage": round(found.coverage, 3),
        **_counts(found),
        "cadence_steps_per_minute": _rounded(found.cadence_steps_per_minute, 1),
        "pitfalls": " ".join(found.pitfalls),
        "strengths": " ".join(found.strengths),
    }
    for key, finding in worst_by_key(found.criteria).items():
        row[key] = finding.status.value
        row[f"{key}_value"] = _rounded(finding.value, 4)
    return row


def _counts(found: ExerciseAssessment) -> Row:
    """Return how often and how long: valid repetitions and holds of each side, and of the body as a whole."""
    valid = [repetition.side for repetition in found.repetitions if repetition.valid]
    held = {side: [hold.seconds for hold in found.holds if hold.side is side] for side in Side}
    return {
        "reps": len(valid),
        "reps_left": valid.count(Side.LEFT),
        "reps_right": valid.count(Side.RIGHT),
        "holds": len(found.holds),
        "holds_left": len(held[Side.LEFT]),
        "holds_right": len(held[Side.RIGHT]),
        "hold_left_s": _rounded(max(held[Side.LEFT], default=None), 2),
        "hold_right_s": _rounded(max(held[Side.RIGHT], default=None), 2),
        "longest_hold_s": _rounded(max((hold.seconds for hold in found.holds), default=None), 2),
        HOLD_SECONDS: [
            [None if hold.side is None else hold.side.value, round(hold.seconds, 2), _rounded(hold.good_seconds, 2)]
            for hold in found.holds
        ],
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(float(value), digits)
