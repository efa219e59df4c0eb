"""What the page shows of one stretch, part by part, ready for the template. Nothing is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcheck.assessment import ExerciseAssessment
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import Criterion, Evidence, Finding, Problem, RequiredView
from formcheck.kinematics.recording import Recording
from formcheck.report.angle_marks import judged_column
from formcheck.report.charts import Chart, charts_of
from formcheck.report.coach import in_order_of_weight
from formcheck.report.evidence import Picture, Rgb, picture_of
from formcheck.report.quantities import quantity
from formcheck.report.scale import Scale, scale_of
from formcheck.report.wording import amount, range_words, seconds, share_words
from formcheck.vocabulary import Side, Status, View

STATUS_WORDS = {
    Status.GOOD: "Good",
    Status.MINOR: "Worth a cue",
    Status.MAJOR: "Fix this",
    Status.INFO: "For information",
    Status.NOT_ASSESSABLE: "Not judged",
}
_FILM_FROM = {
    RequiredView.SIDE: "Film from the side",
    RequiredView.FRONT: "Film from the front or from behind",
}
_WITH_A_BETTER_CLIP = "With a better clip"
_OF_FORM = (Status.GOOD, Status.MINOR, Status.MAJOR)

Frames = Mapping[tuple[int, float], Rgb]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A judged value in words, with its scale."""

    finding: Finding
    value: str
    good: str
    scale: Scale | None

    @property
    def described(self) -> str:
        return f"measured {self.value}, good is {self.good}"


@dataclass(frozen=True, kw_only=True)
class Card:
    """A minor or major finding with the picture of its first moment; ``shown`` is the value read there."""

    reading: Reading
    share: str
    picture: Picture | None
    shown: str
    moments: tuple[Evidence, ...]
    alt: str


@dataclass(frozen=True, kw_only=True)
class Unjudged:
    """What one way of filming would have answered; ``of_all`` is a reason that several findings share, said once."""

    heading: str
    of_all: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One criterion on both sides; ``within_error`` where the difference is no more than the measuring error."""

    title: str
    left: Reading
    right: Reading
    difference: str
    within_error: bool


@dataclass(frozen=True, kw_only=True)
class StretchContent:
    """Everything the page shows of one stretch."""

    stretch: ExerciseAssessment
    exercise: Exercise
    charts: tuple[Chart, ...]
    cards: tuple[Card, ...]
    good: tuple[tuple[Reading, ...], ...]
    noted: tuple[tuple[Reading, ...], ...]
    unjudged: tuple[Unjudged, ...]
    comparisons: tuple[Comparison, ...]
    methods: tuple[Criterion, ...]


def content_of(
    stretch: ExerciseAssessment, exercise: Exercise, recordings: tuple[Recording, ...], frames: Frames
) -> StretchContent:
    """Return the content of one stretch; ``frames`` holds evidence frames by clip and second, where there are any."""
    faults = in_order_of_weight(stretch)
    return StretchContent(
        stretch=stretch,
        exercise=exercise,
        charts=charts_of(stretch, recordings, exercise.shown_angles),
        cards=tuple(_card(finding, stretch, recordings, frames) for finding in faults),
        good=_readings(stretch, Status.GOOD),
        noted=_readings(stretch, Status.INFO),
        unjudged=_unjudged(stretch),
        comparisons=_comparisons(stretch),
        methods=tuple({finding.criterion.key: finding.criterion for finding in stretch.criteria}.values()),
    )


def moments_of(stretches: tuple[ExerciseAssessment, ...]) -> set[tuple[int, float]]:
    """Return clip and second of every evidence picture that the page needs."""
    first = [finding.evidence[0] for s in stretches for finding in in_order_of_weight(s) if finding.evidence]
    return {(moment.clip, moment.time_s) for moment in first}


def reading_of(finding: Finding) -> Reading:
    """Return a finding's value in words; an em dash where there is none."""
    criterion, bands = finding.criterion, finding.bands or finding.criterion.bands
    return Reading(
        finding=finding,
        value="—" if finding.value is None else amount(finding.value, criterion, bands),
        good=range_words(bands.good, criterion.unit),
        scale=scale_of(finding),
    )


def _card(
    finding: Finding,
    stretch: ExerciseAssessment,
    recordings: tuple[Recording, ...],
    frames: Frames,
) -> Card:
    reading = reading_of(finding)
    moments = tuple(moment for moment in finding.evidence if moment.clip < len(recordings))
    noun = "repetitions" if stretch.repetitions or not stretch.holds else "holds"
    shown = amount(moments[0].value, finding.criterion, finding.bands) if moments else ""
    return Card(
        reading=reading,
        share=share_words(finding, noun),
        picture=_picture(finding, moments[0], stretch, recordings, frames) if moments else None,
        shown=shown,
        moments=moments,
        alt=_alt(reading, moments, shown),
    )


def _picture(
    finding: Finding,
    moment: Evidence,
    stretch: ExerciseAssessment,
    recordings: tuple[Recording, ...],
    frames: Frames,
) -> Picture:
    return picture_of(
        recordings[moment.clip],
        moment.time_s,
        near=finding.side or stretch.quality.near_side,
        column=judged_column(finding, recordings),
        in_plane=moment.clip != stretch.clip or stretch.view.name is View.SIDE,
        frame=frames.get((moment.clip, moment.time_s)),
    )


def _alt(reading: Reading, moments: tuple[Evidence, ...], shown: str) -> str:
    finding = reading.finding
    side = f", {finding.side.value}" if finding.side else ""
    at = f" at {seconds(moments[0].time_s)}" if moments else ""
    return f"The athlete{at}. {finding.criterion.title}{side}: {shown} here, good is {reading.good}."


def _readings(stretch: ExerciseAssessment, status: Status) -> tuple[tuple[Reading, ...], ...]:
    """Return the readings of one status, those of both sides of a criterion together."""
    found: dict[str, list[Reading]] = {}
    for finding in stretch.criteria:
        if finding.status is status:
            found.setdefault(finding.criterion.key, []).append(reading_of(finding))
    return tuple(map(tuple, found.values()))


def _unjudged(stretch: ExerciseAssessment) -> tuple[Unjudged, ...]:
    groups: dict[str, list[Finding]] = {}
    for finding in stretch.criteria:
        if finding.status is Status.NOT_ASSESSABLE:
            groups.setdefault(_how_to_film(finding), []).append(finding)
    return tuple(
        Unjudged(heading=heading, of_all=_shared_reason(found), findings=tuple(found))
        for heading, found in groups.items()
    )


def _shared_reason(findings: Sequence[Finding]) -> str:
    """Return the reason that most of the findings give, empty where no two give the same."""
    told = Counter(finding.reason.message for finding in findings if finding.reason is not None)
    message, times = max(told.items(), key=lambda entry: entry[1], default=("", 0))
    return message if times > 1 else ""


def _how_to_film(finding: Finding) -> str:
    reason = finding.reason
    if reason is None or reason.code is not Problem.WRONG_VIEW:
        return _WITH_A_BETTER_CLIP
    return _FILM_FROM.get(reason.view or finding.criterion.view, _WITH_A_BETTER_CLIP)


def _comparisons(stretch: ExerciseAssessment) -> tuple[Comparison, ...]:
    judged = {(f.criterion.key, f.side): f for f in stretch.criteria if f.value is not None and f.status in _OF_FORM}
    keys = dict.fromkeys(key for key, side in judged if side is not None)
    pairs = ((judged.get((key, Side.LEFT)), judged.get((key, Side.RIGHT))) for key in keys)
    return tuple(_comparison(left, right) for left, right in pairs if left is not None and right is not None)


def _comparison(left: Finding, right: Finding) -> Comparison:
    difference = abs((left.value or 0.0) - (right.value or 0.0))
    error = ((left.standard_error or 0.0) ** 2 + (right.standard_error or 0.0) ** 2) ** 0.5
    return Comparison(
        title=left.criterion.title,
        left=reading_of(left),
        right=reading_of(right),
        difference=quantity(difference, left.criterion.unit),
        within_error=difference <= 2 * error,
    )
