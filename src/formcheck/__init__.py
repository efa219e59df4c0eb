"""Checks the form of recorded running drills: from a phone clip to a verdict.

>>> import formcheck
>>> assessment = formcheck.analyze("clip.mp4")  # doctest: +SKIP
>>> assessment.assessments[0].pitfalls  # doctest: +SKIP
('thigh_horizontal', 'leaning_back')
"""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from formcheck.assessment import Alternative as Alternative
    from formcheck.assessment import Assessment as Assessment
    from formcheck.assessment import ExerciseAssessment as ExerciseAssessment
    from formcheck.assessment import Hold as Hold
    from formcheck.assessment import NoVerdict as NoVerdict
    from formcheck.assessment import Quality as Quality
    from formcheck.assessment import Recognition as Recognition
    from formcheck.assessment import Repetition as Repetition
    from formcheck.assessment import ViewInfo as ViewInfo
    from formcheck.criteria.exercise import Exercise as Exercise
    from formcheck.criteria.model import Band as Band
    from formcheck.criteria.model import Bands as Bands
    from formcheck.criteria.model import Criterion as Criterion
    from formcheck.criteria.model import Evidence as Evidence
    from formcheck.criteria.model import Finding as Finding
    from formcheck.criteria.model import Reason as Reason
    from formcheck.criteria.model import ShownAngle as ShownAngle
    from formcheck.errors import ClipError as ClipError
    from formcheck.errors import FormcheckError as FormcheckError
    from formcheck.errors import InstallationError as InstallationError
    from formcheck.errors import UnreadableClip as UnreadableClip
    from formcheck.errors import UnusableClip as UnusableClip
    from formcheck.errors import UsageError as UsageError
    from formcheck.video.clip import ClipInfo as ClipInfo
    from formcheck.vocabulary import Context as Context
    from formcheck.vocabulary import ModelSize as ModelSize
    from formcheck.vocabulary import Side as Side
    from formcheck.vocabulary import Status as Status
    from formcheck.vocabulary import View as View

_Word = TypeVar("_Word", bound=StrEnum)

__version__ = "0.1.0"

_HOMES = {
    "formcheck.assessment": (
        "Alternative",
        "Assessment",
        "ExerciseAssessment",
        "Hold",
        "NoVerdict",
        "Quality",
        "Recognition",
        "Repetition",
        "ViewInfo",
    ),
    "formcheck.criteria.exercise": ("Exercise",),
    "formcheck.criteria.model": ("Band", "Bands", "Criterion", "Evidence", "Finding", "Reason", "ShownAngle"),
    "formcheck.errors": (
        "ClipError",
        "FormcheckError",
        "InstallationError",
        "UnreadableClip",
        "UnusableClip",
        "UsageError",
    ),
    "formcheck.video.clip": ("ClipInfo",),
    "formcheck.vocabulary": ("Context", "ModelSize", "Side", "Status", "View"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = ["__version__", "analyze", *_HOME_OF]  # noqa: PLE0604 - names of the table above


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'formcheck' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


def analyze(
    path: str | Path,
    *,
    exercise: str | None = None,
    side: Side | str | None = None,
    context: Context | str | None = None,
    model: ModelSize | str = "full",
    use_cache: bool = True,
) -> Assessment:
    """Assess one clip (or landmark track) and return the verdict; nothing is written but the landmark cache.

    Parameters
    ----------
    path
        A video in any format that FFmpeg decodes, or a landmark track (``.npz``).
    exercise
        The id of the exercise, as ``formcheck list`` prints it; None recognises it.
    side
        ``left`` or ``right`` where only that side is to be judged; None finds it.
    context
        ``before`` or ``after`` the run: which hold time applies to stretches.
    model
        ``lite``, ``full`` or ``heavy``.
    use_cache
        Whether to use and keep landmarks of clips analysed before.

    Raises
    ------
    UsageError
        Where there is no such exercise, side, context or model.
    ClipError
        Where the clip cannot be read. A clip in which nobody or nothing is found gives an Assessment with a reason.
    """
    from formcheck.analysis import Options, analyse
    from formcheck.vocabulary import Context, ModelSize, Side

    options = Options(
        exercise=exercise,
        side=None if side is None else _choice(Side, "side", side),
        context=None if context is None else _choice(Context, "context", context),
        model=_choice(ModelSize, "model", model),
        use_cache=use_cache,
    )
    return analyse([Path(path)], options).assessment


def _choice(kind: type[_Word], what: str, value: str) -> _Word:
    from formcheck.errors import UsageError

    try:
        return kind(value)
    except ValueError:
        choices = ", ".join(kind)
        raise UsageError(f"There is no {what} {value!r}. Choose one of: {choices}.") from None
