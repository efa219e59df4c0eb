"""The panels of the video: the counter, the fault banners and the labels of angles."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.report.overlay.banners import Banner
from formcheck.report.overlay.boxes import Box
from formcheck.report.overlay.counters import Count
from formcheck.report.overlay.lettering import Style, width_of, wrapped, write
from formcheck.report.overlay.sizes import Sizes
from formcheck.report.overlay.sprites import paste, plate, sign
from formcheck.video.picture import Picture
from formcheck.vocabulary import Status

SOLID, TRANSLUCENT = 0.74, 0.46
"""Opacity of a panel in free space, and of one that the athlete may pass behind."""


@dataclass(frozen=True)
class CounterPanel:
    """The exercise's name, in lines, over its counts; ``widest`` are the widest counts that will be shown."""

    sizes: Sizes
    name: tuple[str, ...]
    widest: tuple[Count, ...]
    stacked: bool = False

    @property
    def size(self) -> tuple[int, int]:
        pad, gap = self.sizes.pad, self.sizes.text
        cells = self._cells()
        counts = max(cells, default=0) if self.stacked else sum(cells) + gap * max(0, len(cells) - 1)
        rows = len(cells) if self.stacked else min(1, len(cells))
        width = max(*(width_of(line, self.sizes.heading) for line in self.name), counts) + 3 * pad
        return width, len(self.name) * self.sizes.heading.line_height + rows * self._row_height() + round(1.5 * pad)

    def draw(self, picture: Picture, box: Box, counts: tuple[Count, ...], opacity: float) -> None:
        """Draw the panel in place at ``box``."""
        sizes, (width, height) = self.sizes, self.size
        left, top = round(box.left), round(box.top)
        paste(picture, plate(width, height, sizes.pad, opacity), left, top)
        x, middle = left + round(1.5 * sizes.pad), top + 0.75 * sizes.pad + sizes.heading.line_height / 2
        for line in self.name:
            write(picture, line, x, middle, sizes.heading)
            middle += sizes.heading.line_height
        middle += (self._row_height() - sizes.heading.line_height) / 2
        for count, cell in zip(counts, self._cells(), strict=True):
            write(picture, count.number, x, middle, sizes.number)
            word = x + width_of(count.number, sizes.number) + sizes.pad
            write(picture, count.word, word, middle + sizes.text * 0.18, sizes.body)
            x, middle = (x, middle + self._row_height()) if self.stacked else (x + cell + sizes.text, middle)

    def _cells(self) -> list[int]:
        sizes = self.sizes
        return [width_of(n, sizes.number) + sizes.pad + width_of(word, sizes.body) for n, word in self.widest]

    def _row_height(self) -> int:
        return round(self.sizes.number.size * 1.15)


@dataclass(frozen=True)
class BannerPanel:
    """Fault banners, each at most ``widest`` pixels wide, below or beside one another; never more than ``most``."""

    sizes: Sizes
    widest: int
    side_by_side: bool = False
    most: int = 2

    def size_of(self, banners: tuple[Banner, ...]) -> tuple[int, int]:
        """Return width and height of these banners together, of the first ``most`` of them."""
        widths, heights = zip(*map(self._size, banners[: self.most]), strict=True)
        gaps = self._gap() * (len(widths) - 1)
        return (sum(widths) + gaps, max(heights)) if self.side_by_side else (max(widths), sum(heights) + gaps)

    def draw(self, picture: Picture, box: Box, banners: tuple[Banner, ...], opacity: float, *, at_bottom: bool) -> None:
        """Draw the banners in place inside ``box``, against its lower edge where ``at_bottom``."""
        x, y = round(box.left), round(box.bottom if at_bottom else box.top)
        if at_bottom and not self.side_by_side and banners:
            y -= self.size_of(banners)[1]
        for banner in banners[: self.most]:
            width, height = self._size(banner)
            if self.side_by_side:
                top = y - height if at_bottom else y
                self._draw_one(picture, banner, Box(x, top, x + width, top + height), opacity)
                x += width + self._gap()
            else:
                self._draw_one(picture, banner, Box(x, y, x + round(box.width), y + height), opacity)
                y += height + self._gap()

    def _draw_one(self, picture: Picture, banner: Banner, box: Box, opacity: float) -> None:
        sizes, left, top = self.sizes, round(box.left), round(box.top)
        paste(picture, plate(round(box.width), round(box.height), sizes.pad, opacity), left, top)
        middle = top + 0.75 * sizes.pad + sizes.heading.line_height / 2
        paste(picture, sign(banner.status, self._sign()), left + sizes.pad, round(middle - self._sign() / 2))
        for line, style in self._lines(banner):
            write(picture, line, left + self._indent(), middle, style)
            middle += style.line_height

    def _lines(self, banner: Banner) -> list[tuple[str, Style]]:
        """Return the lines of a banner with their styles; a detail too long for one line is left out."""
        room = self.widest - self._indent() - self.sizes.pad
        heading = wrapped(banner.heading, self.sizes.heading, room)
        detail = [f"{banner.value} {banner.good}"]
        if width_of(detail[0], self.sizes.quiet) > room:
            detail = [line for line in (banner.value, banner.good) if width_of(line, self.sizes.quiet) <= room]
        return [(line, self.sizes.heading) for line in heading] + [(line, self.sizes.quiet) for line in detail]

    def _size(self, banner: Banner) -> tuple[int, int]:
        lines = self._lines(banner)
        width = self._indent() + max(width_of(line, style) for line, style in lines) + round(1.5 * self.sizes.pad)
        return width, sum(style.line_height for _, style in lines) + round(1.5 * self.sizes.pad)

    def _indent(self) -> int:
        return self._sign() + round(1.9 * self.sizes.pad)

    def _sign(self) -> int:
        return round(self.sizes.text * 1.15)

    def _gap(self) -> int:
        return round(self.sizes.pad * 0.7)


@dataclass(frozen=True)
class AngleLabel:
    """The name and value of one angle with the sign of its status; two lines in a narrow picture."""

    sizes: Sizes
    name: str
    longest_value: str

    @property
    def size(self) -> tuple[int, int]:
        name, value = width_of(self.name, self.sizes.quiet), width_of(self.longest_value, self.sizes.heading)
        ends = self._indent() + self.sizes.pad
        if self.sizes.is_narrow:
            return ends + max(name, value), 2 * self.sizes.heading.line_height
        return ends + name + self.sizes.pad + value, round(self.sizes.heading.line_height * 1.25)

    def draw(self, picture: Picture, left: int, top: int, value: str, status: Status | None) -> None:
        """Draw the label in place with its corner at ``left``, ``top``."""
        sizes, (width, height) = self.sizes, self.size
        paste(picture, plate(width, height, sizes.pad, SOLID), left, top)
        first, second = (0.29, 0.71) if sizes.is_narrow else (0.5, 0.5)
        paste(
            picture, sign(status, self._sign()), left + sizes.pad // 2, round(top + first * height - self._sign() / 2)
        )
        x = left + self._indent()
        write(picture, self.name, x, top + first * height, sizes.quiet)
        right = left + width - round(0.8 * sizes.pad) - width_of(value, sizes.heading)
        write(picture, value, x if sizes.is_narrow else right, top + second * height, sizes.heading)

    def _sign(self) -> int:
        return round(self.sizes.text * 0.9)

    def _indent(self) -> int:
        return self._sign() + self.sizes.pad
