"""How well measured values agree with true ones: bias, mean absolute error, limits of agreement."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from formcheck.kinematics.geometry import FloatArray


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Sums over differences (measured less true), so that figures over many clips are exact and not means of means.

    ``frames`` counts the moments looked at, ``n`` those in which a value was given.
    """

    frames: int = 0
    n: int = 0
    total: float = 0.0
    absolute: float = 0.0
    squares: float = 0.0

    @classmethod
    def of(cls, differences: FloatArray) -> Agreement:
        """Return the agreement over (n,) differences; NaN is a moment without a value."""
        known = differences[np.isfinite(differences)]
        return cls(
            frames=len(differences),
            n=len(known),
            total=float(known.sum()),
            absolute=float(np.abs(known).sum()),
            squares=float((known**2).sum()),
        )

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            frames=self.frames + other.frames,
            n=self.n + other.n,
            total=self.total + other.total,
            absolute=self.absolute + other.absolute,
            squares=self.squares + other.squares,
        )

    @property
    def coverage(self) -> float:
        """Share of moments with a value, [0, 1]; NaN where nothing was looked at."""
        return self.n / self.frames if self.frames else math.nan

    @property
    def bias(self) -> float:
        """Mean difference; NaN without a value, as the other figures."""
        return self.total / self.n if self.n else math.nan

    @property
    def mean_absolute(self) -> float:
        return self.absolute / self.n if self.n else math.nan

    @property
    def spread(self) -> float:
        """Standard deviation of the differences around their bias."""
        if self.n < 2:
            return math.nan
        return math.sqrt(max(0.0, self.squares - self.n * self.bias**2) / (self.n - 1))

    @property
    def limits(self) -> tuple[float, float]:
        """95 % limits of agreement: bias -+ 1.96 standard deviations (Bland and Altman 1986)."""
        return self.bias - 1.96 * self.spread, self.bias + 1.96 * self.spread


def pooled(parts: Iterable[Agreement]) -> Agreement:
    """Return the agreement over all parts together, each moment counting the same."""
    return sum(parts, start=Agreement())
