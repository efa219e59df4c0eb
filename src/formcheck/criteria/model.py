"""Criteria, bands, measurements and findings: plain data, no arithmetic."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING

from formcheck.vocabulary import Side, Status, Unit

if TYPE_CHECKING:
    from formcheck.segmentation.performance import Performance


class Kind(StrEnum):
    """Where a criterion comes from; what ends in ``proxy`` stands for something a camera cannot see."""

    EXPECTATION = "expectation"
    PITFALL = "pitfall"
    PRACTICE = "practice"
    PROXY = "proxy"
    PITFALL_PROXY = "pitfall-proxy"
    PRACTICE_PROXY = "practice-proxy"
    DOSE = "dose"
    PROGRESS = "progress"

    @property
    def is_proxy(self) -> bool:
        return self.value.endswith("proxy")


class RequiredView(StrEnum):
    """The camera view that can answer a criterion; ``front`` includes the view from behind."""

    ANY = "any"
    SIDE = "side"
    FRONT = "front"


class Problem(StrEnum):
    """Why a criterion was not judged."""

    WRONG_VIEW = "wrong_view"
    NOT_VISIBLE = "not_visible"
    TOO_SMALL = "too_small"
    FRAME_RATE = "frame_rate"
    TOO_FEW = "too_few_repetitions"
    NO_BASELINE = "no_baseline"
    MOVING_CAMERA = "moving_camera"
    IRREGULAR = "irregular"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a criterion was not judged, in words, and the view that would answer it."""

    code: Problem
    message: str
    view: RequiredView | None = None


@dataclass(frozen=True)
class Band:
    """A closed interval of values; None is an open end."""

    low: float | None = None
    high: float | None = None

    def contains(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Bands:
    """Which values are good and which are a minor fault; everything else is major."""

    good: Band
    minor: tuple[Band, ...] = ()

    def status_of(self, value: float) -> Status:
        if self.good.contains(value):
            return Status.GOOD
        return Status.MINOR if any(band.contains(value) for band in self.minor) else Status.MAJOR


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One measured value of one repetition (or hold) and the moment it was read."""

    time_s: float
    value: float


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """What a measure found: samples, or the reason why there are none.

    ``value`` overrides the median of the samples, ``noise`` is the standard error of one sample's reading in the
    criterion's unit, ``constant`` the error that all readings of a clip share, ``bands`` overrides the criterion's
    where they depend on the movement (a deeper squat allows a more inclined shin), ``cap`` is the worst status that a
    softening second reading leaves, ``floor`` the best one that an alternative reading leaves ("or" in the criterion),
    ``detail`` is said with the value.
    """

    samples: tuple[Sample, ...] = ()
    value: float = math.nan
    noise: float = 0.0
    constant: float = 0.0
    bands: Bands | None = None
    cap: Status | None = None
    floor: Status | None = None
    problem: Reason | None = None
    detail: str = ""


Measure = Callable[["Performance", Side | None], Measurement]
"""What a criterion asks: of one side, or of the whole body where the side is None."""


def of_each_side(measure: Callable[[Performance, Side], Measurement]) -> Measure:
    """Make a measure of one that asks for a side, for criteria that are judged side by side.

    Raises
    ------
    ValueError
        when it is asked of the whole body: the criterion must not be ``PerSide.WHOLE_BODY``
    """

    @wraps(measure)
    def measured(performance: Performance, side: Side | None) -> Measurement:
        if side is None:
            raise ValueError(f"{measure.__name__} measures one side; judge its criterion side by side, not as a whole.")
        return measure(performance, side)

    return measured


class PerSide(StrEnum):
    """Whether a criterion is one reading of the whole body or one for each side that worked."""

    WHOLE_BODY = "whole_body"
    WORKING_SIDES = "working_sides"


BODY_LINE = "body_line"
"""How far the hips are off the line from shoulder to ankle: shown as angles are, though no column of their table."""


@dataclass(frozen=True)
class ShownAngle:
    """The angle on the body that shows a reading, so that pictures can point at what was measured.

    ``name`` is a column of ``angles.csv`` without its side, or ``BODY_LINE``. ``of_other_side`` where it is not that of
    the side judged: the front knee when the rear leg is stretched. ``as_change`` where the reading is a change or a
    range of the angle, not the angle itself.
    """

    name: str
    of_other_side: bool = False
    as_change: bool = False


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One thing that is judged, everything about it in one place.

    ``title`` names the thing, ``expectation`` says in our own words what good looks like, ``fault`` how a fault is
    told, ``cue`` what to say to the athlete, ``basis`` where the bands come from, ``reference`` where the source asks
    for it. ``angle`` is what pictures show it by, None where no angle does. ``least`` is the fewest repetitions that
    may be judged. ``event`` marks criteria whose single occurrences matter (a heel that lifts, a foot that touches
    down): two bad repetitions are enough to report them.
    """

    key: str
    kind: Kind
    view: RequiredView
    worst: Status
    unit: Unit
    measure: Measure = field(repr=False)
    bands: Bands
    title: str
    expectation: str
    fault: str
    cue: str
    basis: str
    reference: str
    per_side: PerSide = PerSide.WHOLE_BODY
    angle: ShownAngle | None = None
    least: int = 1
    event: bool = False


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A moment that shows the verdict: clip number, seconds, frame index and the value read there."""

    clip: int
    time_s: float
    frame: int
    value: float


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The verdict on one criterion (and one side). ``value`` and its companions are None where nothing was judged."""

    criterion: Criterion
    side: Side | None
    status: Status
    value: float | None = None
    standard_error: float | None = None
    bands: Bands | None = None
    share_of_repetitions: float | None = None
    repetitions_judged: int = 0
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    reason: Reason | None = None
    detail: str = ""
    sometimes: bool = False
