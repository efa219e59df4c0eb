"""The small scale on which a measured value lies among its bands, as lengths along a line of ``WIDTH``."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from formcheck.criteria.model import Band, Bands, Finding
from formcheck.report.quantities import edge_words
from formcheck.vocabulary import Status, Unit

WIDTH = 300.0
_ROOM_FOR_A_LABEL = 46.0
_LEAST_SPAN = {
    Unit.DEGREES: 20.0,
    Unit.DEGREES_PER_SECOND: 40.0,
    Unit.PER_MINUTE: 20.0,
    Unit.PERCENT: 20.0,
    Unit.SECONDS: 1.0,
    Unit.COUNT: 4.0,
}


@dataclass(frozen=True, kw_only=True)
class Zone:
    """A stretch of the scale in which every value gets the same status."""

    start: float
    length: float
    status: Status


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A band's edge with its number."""

    at: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Zones from left to right, the labelled edges, the value and its standard error on either side."""

    zones: tuple[Zone, ...]
    ticks: tuple[Tick, ...]
    value: float
    error: float


def scale_of(finding: Finding) -> Scale | None:
    """Return the scale of a judged finding, None where it has no value or no band has an edge."""
    bands = finding.bands or finding.criterion.bands
    edges = _edges(bands)
    if finding.value is None or not edges:
        return None
    unit = finding.criterion.unit
    low, high = _domain(edges, finding.value, unit)
    per_unit = WIDTH / (high - low)
    cuts = [low, *edges, high]
    return Scale(
        zones=tuple(
            Zone(start=(a - low) * per_unit, length=(b - a) * per_unit, status=_status(bands, (a + b) / 2, finding))
            for a, b in pairwise(cuts)
        ),
        ticks=_ticks(bands.good, edges, low, per_unit, unit),
        value=(finding.value - low) * per_unit,
        error=(finding.standard_error or 0.0) * per_unit,
    )


def _edges(bands: Bands) -> list[float]:
    every = [edge for band in (bands.good, *bands.minor) for edge in (band.low, band.high) if edge is not None]
    return sorted(set(every))


def _domain(edges: list[float], value: float, unit: Unit) -> tuple[float, float]:
    low, high = min(edges[0], value), max(edges[-1], value)
    span = max(high - low, _LEAST_SPAN.get(unit, 0.2))
    return low - 0.22 * span, high + 0.22 * span


def _status(bands: Bands, value: float, finding: Finding) -> Status:
    status, worst = bands.status_of(value), finding.criterion.worst
    if worst is Status.INFO:
        return Status.GOOD if status is Status.GOOD else Status.INFO
    return worst if status is Status.MAJOR else status


def _ticks(good: Band, edges: list[float], low: float, per_unit: float, unit: Unit) -> tuple[Tick, ...]:
    placed: list[Tick] = []
    for edge in sorted(edges, key=lambda edge: edge not in (good.low, good.high)):
        at = (edge - low) * per_unit
        if all(abs(at - tick.at) >= _ROOM_FOR_A_LABEL for tick in placed):
            placed.append(Tick(at=at, label=_short(edge, unit)))
    return tuple(sorted(placed, key=lambda tick: tick.at))


def _short(edge: float, unit: Unit) -> str:
    """Degrees, seconds and percent keep their sign; a longer unit stands beside the value already."""
    keeps = unit in (Unit.DEGREES, Unit.DEGREES_PER_SECOND, Unit.SECONDS, Unit.PERCENT, Unit.RATIO)
    return edge_words(edge, unit, with_unit=keeps)
