"""The words of a verdict: amounts, bands, sides, moments and faults, told alike by every rendering."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from formcheck.assessment import ViewInfo
from formcheck.criteria.model import Band, Bands, Criterion, Finding, Kind, RequiredView
from formcheck.report.quantities import band_words, edge_words, quantity
from formcheck.vocabulary import Facing, Side, Status, Unit, View

STATUS_WORDS = {
    Status.GOOD: "good",
    Status.MINOR: "worth a cue",
    Status.MAJOR: "fix this",
    Status.INFO: "for information",
    Status.NOT_ASSESSABLE: "not judged",
}
_SEEN_FROM = {
    View.SIDE: "from the side",
    View.FRONT: "from the front",
    View.BACK: "from behind",
    View.OBLIQUE: "at an angle",
}
_REQUIRED = {
    RequiredView.ANY: "any view",
    RequiredView.SIDE: "a view from the side",
    RequiredView.FRONT: "a view from the front or from behind",
}
_ONLY_A_SIGN = "but a camera sees only a sign of it: it says “looks like” and is at most minor"
_KINDS = {
    Kind.EXPECTATION: "what the exercise asks for",
    Kind.PITFALL: "a mistake that the exercise warns of",
    Kind.PRACTICE: "standard practice that the exercise's description leaves out",
    Kind.PROXY: f"what the exercise asks for, {_ONLY_A_SIGN}",
    Kind.PITFALL_PROXY: f"a mistake that the exercise warns of, {_ONLY_A_SIGN}",
    Kind.PRACTICE_PROXY: f"standard practice, {_ONLY_A_SIGN}",
    Kind.DOSE: "a prescribed amount",
    Kind.PROGRESS: "a number to watch from week to week rather than a fault",
}


def plain(text: str) -> str:
    """Return ``text`` on one line, with all that could move a cursor or reverse the writing shown as an escape."""
    return "".join(_shown(character) for character in text)


def quoted(name: object) -> str:
    """Return a name of the user's in quotation marks, safe to print."""
    return f"'{plain(str(name))}'"


def _shown(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or _turns_writing(character):
        return character.encode("unicode_escape", "surrogatepass").decode("ascii")
    return character


def _turns_writing(character: str) -> bool:
    return "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069" or character in "\u200e\u200f\u061c"


def amount(value: float, criterion: Criterion, bands: Bands | None = None) -> str:
    """Return a value with its unit, in no more digits than show on which side of every band's edge it lies."""
    edges = (
        edge
        for band in ((bands or criterion.bands).good, *(bands or criterion.bands).minor)
        for edge in (band.low, band.high)
        if edge is not None
    )
    return quantity(value, criterion.unit, tuple(edges))


def range_words(band: Band, unit: Unit, *, with_unit: bool = True) -> str:
    """Return a band in words with its unit said once: ``80° or more``, ``160 to 190 per minute``."""
    if band.low is None or band.high is None:
        return band_words(band, unit, with_unit=with_unit)
    last = edge_words(band.high, unit, with_unit=with_unit)
    if band.low == band.high:
        return last
    return f"{edge_words(band.low, unit, with_unit=with_unit and unit is Unit.DEGREES)} to {last}"


def bands_words(criterion: Criterion) -> tuple[str, ...]:
    """Return one line for each verdict that a criterion can give, the best first."""
    good = range_words(criterion.bands.good, criterion.unit)
    if criterion.worst in {Status.INFO, Status.GOOD}:
        aim = () if criterion.bands.good == Band() else (f"aim: {good}",)
        return (*aim, "told, never counted as a fault")
    minor = " or ".join(range_words(band, criterion.unit) for band in criterion.bands.minor)
    if criterion.worst is Status.MINOR or not minor:
        return (f"good: {good}", f"{criterion.worst}: everything else")
    return (f"good: {good}", f"minor: {minor}", "major: everything else")


def seconds(time_s: float) -> str:
    """Return a moment of the clip as a player shows it: ``3.2 s``, from a minute on ``1:03.2``."""
    tenths = round(time_s * 10)
    minutes, rest = divmod(tenths, 600)
    return f"{minutes}:{rest / 10:04.1f}" if minutes else f"{rest / 10:.1f} s"


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence counts them up: ``a, b and c``."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def side_words(sides: Iterable[Side | None]) -> str:
    """Return ``left``, ``right``, ``both sides``, or nothing where the whole body is meant."""
    named = sorted({side.value for side in sides if side is not None})
    return "both sides" if len(named) == len(Side) else "".join(named)


def view_words(view: ViewInfo) -> str:
    """Return where the camera stood, such as ``from the side, facing left``."""
    words = _SEEN_FROM[view.name]
    if view.name is View.OBLIQUE:
        words = f"{words} (about {abs(view.yaw_degrees):.0f}° from the side)"
    if view.facing in {Facing.LEFT, Facing.RIGHT}:
        words = f"{words}, facing {view.facing.value}"
    return words


def required_view_words(view: RequiredView) -> str:
    """Return where the camera has to stand, such as ``a view from the side``."""
    return _REQUIRED[view]


def kind_words(kind: Kind) -> str:
    """Return what a kind means: where the criterion comes from and how it counts."""
    return _KINDS[kind]


def fault_words(finding: Finding) -> str:
    """Return the fault as one sentence: a proxy only ``looks like`` it, a sporadic fault shows ``sometimes``."""
    words = finding.criterion.fault.rstrip(".")
    if finding.criterion.kind.is_proxy and "looks like" not in words.lower():
        words = f"It looks like {uncapitalised(words)}"
    if finding.sometimes and "sometimes" not in words.lower():
        words = f"Sometimes {uncapitalised(words)}"
    return f"{words[:1].upper()}{words[1:]}."


def uncapitalised(words: str) -> str:
    """Return ``words`` as they stand inside a sentence; an abbreviation keeps its capitals."""
    return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"


def share_words(finding: Finding, noun: str) -> str:
    """Return how many repetitions show the verdict, such as ``in 9 of 11 steps``; nothing where there was only one."""
    if finding.share_of_repetitions is None or finding.repetitions_judged < 2:
        return ""
    shown = round(finding.share_of_repetitions * finding.repetitions_judged)
    return f"in {shown} of {finding.repetitions_judged} {noun}"
