"""What an exercise module declares: names, how to film it, how to find it in a motion, and its criteria."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from formcheck.criteria.model import Criterion

if TYPE_CHECKING:
    from formcheck.kinematics.motion import Motion
    from formcheck.segmentation.performance import Bout, Held, Performance


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise of the catalogue.

    ``id`` is the module's name. ``section`` is the part of the source that describes it. ``summary`` says in one
    sentence how it is done and ``film`` how to film it. ``shown_angles`` are the base names (without side) of the
    angles that matter, drawn in the video and charted in the report. ``find`` returns the stretches of a motion in
    which the exercise is done, each with its confidence, events and sides; an empty tuple where it is not done.
    ``find_anyway`` looks for the same events without asking whether it is this exercise, for a user who says it is.
    ``is_stretch`` and ``is_drill`` say which dose and which counting apply. ``good_seconds`` gives how long of a hold
    is in good form, None where that cannot be seen.
    """

    id: str
    name: str
    section: str
    summary: str
    film: str
    shown_angles: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    find: Callable[[Motion], tuple[Bout, ...]] = field(repr=False)
    find_anyway: Callable[[Motion], tuple[Bout, ...]] = field(repr=False)
    is_stretch: bool = False
    is_drill: bool = False
    good_seconds: Callable[[Performance, Held], float | None] | None = field(default=None, repr=False)
