"""How large everything is drawn: in proportion to the picture, legible when it fills a phone."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.report.overlay.boxes import Box
from formcheck.report.overlay.lettering import SEMIBOLD, Style
from formcheck.report.palette import SOFT

_TEXT_IN_LONG_SIDES = 0.031
_NARROW_TEXT_IN_LONG_SIDES = 0.0285
_LIMB_IN_LONG_SIDES = 0.0038
_LEAST_TEXT_PX = 10
_NARROW = 1.1
"""Below this width for a height a picture counts as upright."""


@dataclass(frozen=True)
class Sizes:
    """Sizes in pixels for a picture of ``width`` x ``height``."""

    width: int
    height: int

    @property
    def text(self) -> int:
        share = _NARROW_TEXT_IN_LONG_SIDES if self.is_narrow else _TEXT_IN_LONG_SIDES
        return max(_LEAST_TEXT_PX, round(max(self.width, self.height) * share))

    @property
    def limb(self) -> float:
        return max(1.5, max(self.width, self.height) * _LIMB_IN_LONG_SIDES)

    @property
    def pad(self) -> int:
        return round(self.text * 0.5)

    @property
    def inside(self) -> Box:
        """The part of the picture that panels and labels may use."""
        margin = self.text * 0.7
        return Box(margin, margin, self.width - margin, self.height - margin)

    @property
    def is_narrow(self) -> bool:
        return self.width < self.height * _NARROW

    @property
    def body(self) -> Style:
        return Style(self.text)

    @property
    def heading(self) -> Style:
        return Style(self.text, SEMIBOLD)

    @property
    def quiet(self) -> Style:
        return Style(round(self.text * 0.93), colour=SOFT)

    @property
    def number(self) -> Style:
        return Style(round(self.text * 1.55), SEMIBOLD)
