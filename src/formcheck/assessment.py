"""The verdict on a clip, as frozen data. Every rendering (JSON, text, page, video) shows this object and nothing else.

The field names are those of ``result.json`` (schema ``formcheck/1``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from formcheck.criteria.model import Finding
from formcheck.video.clip import ClipInfo
from formcheck.vocabulary import Facing, ModelSize, Side, View

SCHEMA = "formcheck/1"


class ReasonCode(StrEnum):
    """Why a clip got no verdict at all."""

    NOBODY_IN_VIEW = "nobody_in_view"
    BODY_NOT_IN_VIEW = "body_not_in_view"
    TOO_SHORT = "too_short"
    NOT_RECOGNISED = "exercise_not_recognised"
    NOT_FOUND = "exercise_not_found"


@dataclass(frozen=True, kw_only=True)
class NoVerdict:
    """Why a clip could not be assessed, and what to do about it."""

    code: ReasonCode
    message: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """Another exercise that the movement resembles; ``confidence`` in [0, 1]."""

    id: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """Which exercise is judged and how it was chosen: ``recognised`` or ``given``."""

    id: str
    name: str
    chosen_by: str
    confidence: float
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ViewInfo:
    """The camera's place: ``yaw_degrees`` is 0 for a camera square to the side, 90 for one square to the front."""

    name: View
    facing: Facing
    yaw_degrees: float


@dataclass(frozen=True, kw_only=True)
class Repetition:
    """One whole swing or cycle. ``side`` is the working leg, None where it cannot be told."""

    side: Side | None
    start_s: float
    peak_s: float
    end_s: float
    valid: bool = True


@dataclass(frozen=True, kw_only=True)
class Hold:
    """One held posture, from fully reached to first left; ``good_seconds`` of it in good form where that is known."""

    side: Side | None
    start_s: float
    end_s: float
    good_seconds: float | None = None

    @property
    def seconds(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How well the clip shows the athlete. Shares in [0, 1]; NaN is never stored, None means unknown."""

    person_share: float
    person_height_px: float
    median_visibility: float
    near_side: Side | None
    camera_roll_degrees: float | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExerciseAssessment:
    """The verdict on one stretch of a clip in which one exercise is done."""

    clip: int
    start_s: float
    end_s: float
    exercise: Recognition
    view: ViewInfo
    repetitions: tuple[Repetition, ...]
    holds: tuple[Hold, ...]
    cadence_steps_per_minute: float | None
    criteria: tuple[Finding, ...]
    pitfalls: tuple[str, ...]
    strengths: tuple[str, ...]
    score: float | None
    coverage: float
    quality: Quality


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The verdict on one clip, or on several views of one performance.

    ``model`` is None for landmark tracks, which do not say which model made them. ``reason`` is set exactly where
    ``assessments`` is empty.
    """

    clips: tuple[ClipInfo, ...]
    model: ModelSize | None
    formcheck_version: str
    assessments: tuple[ExerciseAssessment, ...]
    reason: NoVerdict | None

    @property
    def status(self) -> str:
        return "assessed" if self.assessments else "not_assessable"
