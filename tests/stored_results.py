"""What is kept of a verdict on a stored landmark track, to compare later versions of the program with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from formcheck.analysis import Options, analyse
from formcheck.assessment import Assessment, ExerciseAssessment

DATA = Path(__file__).resolve().parent / "data"
TRACKS = sorted((DATA / "tracks").glob("*.npz"))
DIGITS = 4


def result_file(track: Path) -> Path:
    """Return where the verdict on a track is kept."""
    return DATA / "results" / f"{track.stem}.json"


def verdict_on(track: Path) -> list[dict[str, Any]]:
    """Return what is kept of the program's verdict on a track, as the JSON file holds it."""
    kept: list[dict[str, Any]] = json.loads(json.dumps(_kept(analyse([track], Options()).assessment)))
    return kept


def _kept(assessment: Assessment) -> list[dict[str, Any]]:
    return [_kept_of(found) for found in assessment.assessments]


def _kept_of(found: ExerciseAssessment) -> dict[str, Any]:
    return {
        "exercise": found.exercise.id,
        "view": [found.view.name, found.view.facing],
        "repetitions": [
            {"side": r.side, "start_s": round(r.start_s, DIGITS), "end_s": round(r.end_s, DIGITS)}
            for r in found.repetitions
        ],
        "holds": [
            {"side": h.side, "start_s": round(h.start_s, DIGITS), "end_s": round(h.end_s, DIGITS)} for h in found.holds
        ],
        "criteria": {
            f"{f.criterion.key} {f.side or ''}".strip(): {
                "status": f.status,
                "value": None if f.value is None else round(f.value, DIGITS),
                "unit": f.criterion.unit,
            }
            for f in found.criteria
        },
        "pitfalls": list(found.pitfalls),
        "score": None if found.score is None else round(found.score, DIGITS),
    }
