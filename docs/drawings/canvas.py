"""Shapes of a drawing as SVG text. Points are (x, y), x to the right and y down, in the drawing's own units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
import numpy.typing as npt

Point = Sequence[float] | npt.NDArray[np.float64]

PAPER, FRAME, INK, QUIET = "#f4f6f8", "#1f2933", "#1f2933", "#52606d"
WALL, FLOOR, MAT = "#dfe7ee", "#c3cfd9", "#8fb3c7"
RIGHT, WRONG, MARKED = "#00705a", "#c2410c", "#c2410c"
LETTERS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"


def drawing(width: float, height: float, parts: Iterable[str], *, told: str) -> str:
    """Return a whole SVG file on its own paper, so that it can be read on a light and on a dark page."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" role="img">',
        f"<title>{escape(told)}</title>",
        rectangle(0, 0, width, height, PAPER, corner=16),
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def line(points: Iterable[Point], colour: str, width: float, *, dashes: str = "") -> str:
    """Return an open line with round ends."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<polyline points="{_points(points)}" fill="none" stroke="{colour}" stroke-width="{_n(width)}" '
        f'stroke-linecap="round" stroke-linejoin="round"{dashed}/>'
    )


def area(points: Iterable[Point], fill: str, *, edge: float = 0.0, opacity: float = 1.0) -> str:
    """Return a filled polygon, grown by half of ``edge`` with round corners."""
    rounded = f' stroke="{fill}" stroke-width="{_n(edge)}" stroke-linejoin="round"' if edge else ""
    seen = f' opacity="{opacity:g}"' if opacity < 1.0 else ""
    return f'<polygon points="{_points(points)}" fill="{fill}"{rounded}{seen}/>'


def disc(centre: Point, radius: float, fill: str, *, opacity: float = 1.0) -> str:
    """Return a filled circle."""
    seen = f' opacity="{opacity:g}"' if opacity < 1.0 else ""
    return f'<circle cx="{_n(centre[0])}" cy="{_n(centre[1])}" r="{_n(radius)}" fill="{fill}"{seen}/>'


def rectangle(x: float, y: float, width: float, height: float, fill: str, *, corner: float = 0.0) -> str:
    """Return a filled rectangle."""
    round_ = f' rx="{_n(corner)}"' if corner else ""
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{round_} fill="{fill}"/>'


def words(
    place: Point, text: str, *, size: float = 24, colour: str = INK, anchor: str = "middle", bold: bool = False
) -> str:
    """Return one line of text whose baseline is at ``place``."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{_n(place[0])}" y="{_n(place[1])}" font-family="{LETTERS}" font-size="{_n(size)}"{weight} '
        f'fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def moved(parts: Iterable[str], x: float, y: float, *, turned: float = 0.0) -> str:
    """Return parts shifted by (x, y), turned clockwise by degrees before that."""
    turn = f" rotate({_n(turned)})" if turned else ""
    return f'<g transform="translate({_n(x)} {_n(y)}){turn}">\n' + "\n".join(parts) + "\n</g>"


def cut_out(parts: Iterable[str], name: str, box: tuple[float, float, float, float], corner: float = 0.0) -> str:
    """Return parts of which only what lies inside the box (x, y, width, height) is seen; ``name`` is its own."""
    clip = f'<clipPath id="{name}">{rectangle(*box, "#000", corner=corner)}</clipPath>'
    return f'{clip}\n<g clip-path="url(#{name})">\n' + "\n".join(parts) + "\n</g>"


def tick(centre: Point, radius: float = 18) -> str:
    """Return the sign for a good example."""
    x, y = centre
    hook = [(x - 0.45 * radius, y), (x - 0.1 * radius, y + 0.38 * radius), (x + 0.48 * radius, y - 0.36 * radius)]
    return disc(centre, radius, RIGHT) + line(hook, "#fff", 0.22 * radius)


def cross(centre: Point, radius: float = 18) -> str:
    """Return the sign for a bad example."""
    x, y, r = centre[0], centre[1], 0.38 * radius
    strokes = (((x - r, y - r), (x + r, y + r)), ((x - r, y + r), (x + r, y - r)))
    return disc(centre, radius, WRONG) + "".join(line(stroke, "#fff", 0.22 * radius) for stroke in strokes)


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{_n(point[0])},{_n(point[1])}" for point in points)


def _n(value: float) -> str:
    """Return a number to a tenth, which no eye tells from more; minus nothing is nothing."""
    return f"{round(float(value), 1) + 0.0:.1f}".removesuffix(".0")
