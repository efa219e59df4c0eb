"""Tables of driven faults and what must be said of them, for the tests of single exercises."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from tests.athlete import Camera, Film, Movement, filmed
from tests.judged import Judged, judged

from formcheck.analysis import Options
from formcheck.criteria.model import Finding, Problem
from formcheck.vocabulary import Landmark, Part, Side, Status

SIDE = Film(fps=60.0)
SLOW_SIDE = Film(fps=30.0)
FRONT = Film(fps=60.0, camera=Camera(yaw=0.0))
SLOW_FRONT = Film(fps=30.0, camera=Camera(yaw=0.0))
YAWS = {
    "its right side": -90.0,
    "its left side": 90.0,
    "the right, a little ahead": -72.0,
    "the left, a little behind": 106.0,
    "the front": 0.0,
    "behind": 180.0,
    "the front, at an angle": 45.0,
}
"""Places of the camera from which every drill and squat must be recognised."""

DRILL_SECONDS = 4.6
Motion = Any
"""The parameters of a generator: a frozen dataclass of ``tests.movements``."""


@dataclass(frozen=True)
class Trial:
    """One motion on film: a generator, its parameters and how it is filmed."""

    generator: Callable[[Motion], Movement]
    motion: Motion
    film: Film = SIDE
    seconds: float | None = None
    exercise: str | None = None

    @property
    def lasts(self) -> float:
        own: float = getattr(self.motion, "lasts", DRILL_SECONDS)
        return own if self.seconds is None else self.seconds


@cache
def verdict_on(trial: Trial) -> Judged:
    """Return what the program says of a trial; the same trial is judged once."""
    poses = filmed(trial.generator(trial.motion), trial.lasts, trial.film)
    return judged(poses, Options(exercise=trial.exercise))


@dataclass(frozen=True, kw_only=True)
class Case:
    """A fault of some size and the status it must get; ``value`` is what must be measured, within ``tolerance``."""

    key: str
    status: Status
    changes: dict[str, Any] = field(default_factory=dict)
    value: float = math.nan
    tolerance: float = math.nan

    def agrees_with(self, finding: Finding) -> bool:
        """Tell whether a finding says what it must; a value is compared only where one is expected."""
        if finding.status is not self.status or finding.value is None:
            return False
        return math.isnan(self.value) or math.isclose(finding.value, self.value, abs_tol=self.tolerance)


def edges(
    key: str,
    by: str,
    *,
    good: Any = None,
    minor: tuple[Any, ...] = (),
    major: Any = None,
    reads: Callable[[Any], float] | None = None,
    tolerance: float = 1.0,
    **also: Any,
) -> Iterator[Any]:
    """Give a test case for each side of a criterion's edges.

    ``by`` is the parameter that is driven; ``good``, ``minor`` and ``major`` are its values just inside and just
    outside of the bands. ``reads`` gives the value that must be measured for a driven one.
    """
    driven = [(Status.GOOD, good), *((Status.MINOR, value) for value in minor), (Status.MAJOR, major)]
    for status, value in driven:
        if value is None:
            continue
        expected = reads(value) if reads else math.nan
        case = Case(key=key, status=status, changes={by: value, **also}, value=expected, tolerance=tolerance)
        yield pytest.param(case, id=f"{key} is {status} with {by} {_spoken(value)}")


def _spoken(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float | int) else type(value).__name__.lower()


def same(value: float) -> float:
    """Return a driven value as it must be read."""
    return value


def negative(value: float) -> float:
    """Return a driven value that is read with the other sign."""
    return -value


def hidden(*parts: Part) -> frozenset[Landmark]:
    """Return the landmarks of some parts on both sides."""
    return frozenset(part.on(side) for part in parts for side in Side)


def why_unjudged(finding: Finding) -> Problem | None:
    """Return why a criterion was not judged, None where it was."""
    if finding.status is not Status.NOT_ASSESSABLE:
        return None
    assert finding.reason is not None
    assert finding.value is None
    return finding.reason.code
