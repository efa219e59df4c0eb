"""Measured values and their bands as a reader sees them: few digits, a unit, a true minus sign."""

from __future__ import annotations

from formcheck.criteria.model import Band
from formcheck.vocabulary import Unit

_SUFFIX = {
    Unit.DEGREES: "°",
    Unit.DEGREES_PER_SECOND: "°/s",
    Unit.SECONDS: " s",
    Unit.PER_MINUTE: " per minute",
    Unit.RATIO: " %",
    Unit.PERCENT: " %",
    Unit.COUNT: "",
}
_DIGITS = {
    Unit.DEGREES: 0,
    Unit.DEGREES_PER_SECOND: 0,
    Unit.SECONDS: 1,
    Unit.PER_MINUTE: 0,
    Unit.PERCENT: 0,
    Unit.RATIO: 0,
    Unit.COUNT: 0,
}
_IN_WORDS = {Unit.RATIO: 100.0}
"""What a value is multiplied by to be read: nobody thinks in hundredths."""
_MOST_DIGITS = 3


def quantity(value: float, unit: Unit, edges: tuple[float, ...] = ()) -> str:
    """Return ``value`` with its unit, with enough digits to lie on the true side of every one of ``edges``."""
    times = _IN_WORDS.get(unit, 1.0)
    shown, between = _cleared(value * times), tuple(_cleared(edge * times) for edge in edges)
    return _number(shown, _digits_between(shown, unit, between)) + suffix(unit)


def suffix(unit: Unit) -> str:
    """Return what follows a number of this unit, the space before it included."""
    return _SUFFIX.get(unit, f" {unit.value}")


def band_words(band: Band, unit: Unit, *, with_unit: bool = True) -> str:
    """Return a band as words: ``75° or more``, ``20° to 35°``."""
    low, high = (
        None if edge is None else edge_words(edge, unit, with_unit=with_unit) for edge in (band.low, band.high)
    )
    if low is None and high is None:
        return "any value"
    if high is None:
        return f"{low} or more"
    return f"{high} or less" if low is None else f"{low} to {high}"


def edge_words(edge: float, unit: Unit, *, with_unit: bool = True) -> str:
    """Return a band's edge, never rounded to another number than the one that judges."""
    shortest = f"{_cleared(edge * _IN_WORDS.get(unit, 1.0)):.{_MOST_DIGITS}f}".rstrip("0").rstrip(".")
    return shortest.replace("-", "−") + (suffix(unit) if with_unit else "")


def _cleared(value: float) -> float:
    """Return a value without what multiplying left in its last digits: 0.07 by 100 is 7."""
    return round(value, 9)


def _digits_between(value: float, unit: Unit, edges: tuple[float, ...]) -> int:
    least = _DIGITS.get(unit, 2)
    for digits in range(least, _MOST_DIGITS):
        shown = round(value, digits)
        if all((shown < edge) == (value < edge) and (shown > edge) == (value > edge) for edge in edges):
            return digits
    return least if value in edges else _MOST_DIGITS


def _number(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return (text[1:] if float(text) == 0 and text.startswith("-") else text).replace("-", "−")
