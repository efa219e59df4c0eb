"""The verdict for other programs: ``result.json``, schema ``formcheck/1``, described by ``result.schema.json``."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any, SupportsFloat

from formcheck.assessment import (
    SCHEMA,
    Assessment,
    ExerciseAssessment,
    Hold,
    NoVerdict,
    Quality,
    Recognition,
    Repetition,
    ViewInfo,
)
from formcheck.criteria.model import Band, Bands, Evidence, Finding, Reason
from formcheck.report.whole_file import write_text
from formcheck.video.clip import ClipInfo
from formcheck.vocabulary import Side

Json = dict[str, Any]
_CONTROLS = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}
"""What JSON lets stand in strings though terminals obey it; escaped, it means the same."""


def to_json(assessment: Assessment) -> Json:
    """Return the assessment as plain data, keys in the order of the schema, numbers rounded and finite."""
    return {
        "schema": SCHEMA,
        "formcheck_version": assessment.formcheck_version,
        "model": assessment.model.value if assessment.model else None,
        "clips": [_clip(clip) for clip in assessment.clips],
        "status": assessment.status,
        "reason": _no_verdict(assessment.reason) if assessment.reason else None,
        "assessments": [_exercise_assessment(each) for each in assessment.assessments],
    }


def json_text(document: Json | Sequence[Json]) -> str:
    """Return the text of a JSON file, safe to print; the same data gives the same bytes."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False).translate(_CONTROLS) + "\n"


def write_json(assessment: Assessment, target: Path) -> None:
    """Write ``result.json``, whole or not at all.

    Raises
    ------
    UsageError
        Where ``target`` cannot be written.
    """
    write_text(json_text(to_json(assessment)), target)


def result_schema() -> Json:
    """Return the published JSON Schema (2020-12) of ``result.json``."""
    text = resources.files("formcheck.report").joinpath("result.schema.json").read_text(encoding="utf-8")
    schema: Json = json.loads(text)
    return schema


def _clip(clip: ClipInfo) -> Json:
    return {
        "name": storable(clip.name),
        "path": storable(clip.path),
        "sha256": clip.sha256,
        "duration_s": _number(clip.duration_s),
        "frames": int(clip.frames),
        "fps": _number(clip.fps),
        "width": int(clip.width),
        "height": int(clip.height),
        "rotation_degrees": int(clip.rotation_degrees),
        "variable_frame_rate": bool(clip.variable_frame_rate),
        "recorded_at": clip.recorded_at,
    }


def _no_verdict(reason: NoVerdict) -> Json:
    return {"code": reason.code.value, "message": reason.message, "remedy": reason.remedy}


def _exercise_assessment(each: ExerciseAssessment) -> Json:
    return {
        "clip": int(each.clip),
        "interval": {"start_s": _number(each.start_s), "end_s": _number(each.end_s)},
        "exercise": _recognition(each.exercise),
        "view": _view(each.view),
        "repetitions": [_repetition(repetition) for repetition in each.repetitions],
        "holds": [_hold(hold) for hold in each.holds],
        "cadence_steps_per_minute": _number(each.cadence_steps_per_minute, 1),
        "criteria": [_finding(finding) for finding in each.criteria],
        "pitfalls": list(each.pitfalls),
        "strengths": list(each.strengths),
        "score": _number(each.score, 1),
        "coverage": _number(each.coverage),
        "quality": _quality(each.quality),
    }


def _recognition(exercise: Recognition) -> Json:
    return {
        "id": exercise.id,
        "name": exercise.name,
        "chosen_by": exercise.chosen_by,
        "confidence": _number(exercise.confidence),
        "alternatives": [{"id": other.id, "confidence": _number(other.confidence)} for other in exercise.alternatives],
    }


def _view(view: ViewInfo) -> Json:
    return {"name": view.name.value, "facing": view.facing.value, "yaw_degrees": _number(view.yaw_degrees, 1)}


def _repetition(repetition: Repetition) -> Json:
    return {
        "side": _side(repetition.side),
        "start_s": _number(repetition.start_s),
        "peak_s": _number(repetition.peak_s),
        "end_s": _number(repetition.end_s),
        "valid": bool(repetition.valid),
    }


def _hold(hold: Hold) -> Json:
    return {
        "side": _side(hold.side),
        "start_s": _number(hold.start_s),
        "end_s": _number(hold.end_s),
        "seconds": _number(hold.seconds),
        "good_seconds": _number(hold.good_seconds),
    }


def _finding(finding: Finding) -> Json:
    criterion = finding.criterion
    return {
        "key": criterion.key,
        "kind": criterion.kind.value,
        "side": _side(finding.side),
        "status": finding.status.value,
        "value": _number(finding.value),
        "standard_error": _number(finding.standard_error),
        "unit": criterion.unit.value,
        "bands": _bands(finding.bands or criterion.bands),
        "share_of_repetitions": _number(finding.share_of_repetitions),
        "repetitions_judged": int(finding.repetitions_judged),
        "confidence": _number(finding.confidence),
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "reason": _reason(finding.reason) if finding.reason else None,
        "expectation": criterion.expectation,
        "cue": criterion.cue,
        "reference": criterion.reference,
        "title": criterion.title,
        "fault": criterion.fault,
        "detail": finding.detail,
        "sometimes": bool(finding.sometimes),
    }


def _bands(bands: Bands) -> Json:
    return {"good": _band(bands.good), "minor": [_band(band) for band in bands.minor]}


def _band(band: Band) -> list[float | None]:
    return [_number(band.low, 6), _number(band.high, 6)]


def _evidence(evidence: Evidence) -> Json:
    return {
        "clip": int(evidence.clip),
        "time_s": _number(evidence.time_s),
        "frame": int(evidence.frame),
        "value": _number(evidence.value),
    }


def _reason(reason: Reason) -> Json:
    return {
        "code": reason.code.value,
        "message": reason.message,
        "view": reason.view.value if reason.view else None,
    }


def _quality(quality: Quality) -> Json:
    return {
        "person_share": _number(quality.person_share),
        "person_height_px": _number(quality.person_height_px, 1),
        "median_visibility": _number(quality.median_visibility),
        "near_side": _side(quality.near_side),
        "camera_roll_degrees": _number(quality.camera_roll_degrees, 1),
        "warnings": list(quality.warnings),
    }


def _side(side: Side | None) -> str | None:
    return side.value if side else None


def _number(value: SupportsFloat | None, decimals: int = 3) -> float | None:
    """Return ``value`` rounded, without a negative zero; None where it is unknown."""
    if value is None or not math.isfinite(float(value)):
        return None
    return round(float(value), decimals) + 0.0


def storable(name: str) -> str:
    """Return a file name that UTF-8 can hold: bytes that are no text become replacement characters."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
