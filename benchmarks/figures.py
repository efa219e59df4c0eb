"""The plots of the accuracy page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.headline import HEADLINE_JOINTS, NEAR_SIDE
from benchmarks.stored_run import Row, StoredRun, count, number
from benchmarks.targets import DEGREES
from formcheck.video.unfinished import whole_file

INK, GOOD, CHANGED, UNKNOWN, FAR = "#22313f", "#2a7f62", "#c8553d", "#b9c0c6", "#8a97a3"
DOTS_PER_INCH = 100
TRUE = "true exercise"


def save(figure: Figure, target: Path) -> None:
    """Write a figure as a small PNG; the same figure always gives the same file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.set_layout_engine("constrained")
    with whole_file(target) as unfinished:
        figure.savefig(unfinished, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})


def confusion(run: StoredRun) -> Figure:
    """Draw which exercise got which answer; shades are shares of the clips of an exercise."""
    rows = run.rows("confusion_matrix")
    true = [str(row[TRUE]) for row in rows]
    answers = sorted({column for row in rows for column in row if column != TRUE}, key=lambda name: _rank(name, true))
    counts = np.array([[count(row, answer) for answer in answers] for row in rows])
    figure = Figure(figsize=(8.2, 7.0))
    axes = figure.subplots()
    axes.imshow(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), cmap="Greens", vmin=0, vmax=1.4)
    for (y, x), n in np.ndenumerate(counts):
        if n:
            right = true[y] == answers[x]
            axes.text(x, y, str(n), ha="center", va="center", color=INK if right else CHANGED, fontweight="bold")
    axes.set_xticks(range(len(answers)), [_words(name) for name in answers], rotation=45, ha="right")
    axes.set_yticks(range(len(true)), [_words(name) for name in true])
    axes.set_xlabel("answer")
    axes.set_ylabel(TRUE)
    axes.spines[:].set_visible(False)
    return figure


def _rank(name: str, true: Sequence[str]) -> tuple[bool, int, str]:
    return name not in true, true.index(name) if name in true else 0, name


def angle_limits(run: StoredRun) -> Figure:
    """Draw bias and limits of agreement of every angle in the side view, near and far side."""
    figure = Figure(figsize=(8.2, 4.6))
    axes = figure.subplots()
    names = [joint for joint in (*HEADLINE_JOINTS, "elbow") if run.row("angles_in_degrees", joint=joint, **NEAR_SIDE)]
    for place, colour, shift in (("near", GOOD, -0.15), ("far", FAR, 0.15)):
        found = [run.row("angles_in_degrees", joint=joint, view="side", place=place) for joint in names]
        pairs = [(y + shift, row) for y, row in enumerate(found) if row is not None]
        lower, upper, bias, size = (
            [number(row, c) for _, row in pairs] for c in ("lower", "upper", "bias", "mean abs")
        )
        heights = [y for y, _ in pairs]
        axes.hlines(heights, lower, upper, color=colour, linewidth=5, alpha=0.5, label=f"{place} side, 95 % limits")
        axes.plot(bias, heights, "|", color=colour, markersize=12, markeredgewidth=2.5, label=f"{place} side, bias")
        for y, right, error in zip(heights, upper, size, strict=True):
            axes.text(right + 0.7, y, f"{error:.1f}", va="center", color=colour, fontsize=8)
    axes.axvline(0.0, color=INK, linewidth=0.8)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlabel("measured less true, degrees; figures: mean absolute error")
    _plain(axes)
    axes.legend(frameon=False, fontsize=8, ncols=2, loc="lower center", bbox_to_anchor=(0.45, 1.0))
    return figure


def clip_errors(run: StoredRun) -> Figure:
    """Draw the mean absolute error of every single clip, near side from the side, with what was promised of all."""
    figure = Figure(figsize=(8.2, 4.2))
    axes = figure.subplots()
    rows = [r for r in run.rows("angles_of_each_clip_in_degrees") if (r["view"], r["place"]) == ("side", "near")]
    names = [joint for joint in HEADLINE_JOINTS if any(row["joint"] == joint for row in rows)]
    for x, joint in enumerate(names):
        errors = np.sort([number(row, "mean abs") for row in rows if row["joint"] == joint])
        spread = np.linspace(-0.3, 0.3, len(errors))
        axes.plot(x + spread, errors, ".", color=GOOD, markersize=5, alpha=0.8)
        axes.hlines(np.median(errors), x - 0.35, x + 0.35, color=INK, linewidth=1.2)
        if joint in DEGREES:
            axes.hlines(DEGREES[joint], x - 0.35, x + 0.35, color=CHANGED, linewidth=1.2, linestyle=":")
    axes.set_yscale("symlog", linthresh=10)
    axes.set_yticks([0, 2, 4, 6, 8, 10, 20, 50], ["0", "2", "4", "6", "8", "10", "20", "50"])
    axes.set_xticks(range(len(names)), [joint.replace(" ", "\n") for joint in names])
    axes.set_ylabel("mean absolute error of a clip, degrees")
    _plain(axes)
    return figure


def robustness(run: StoredRun) -> Figure:
    """Draw what becomes of the criteria that were judged in the clips as they were."""
    rows = run.rows("degraded_clips")
    figure = Figure(figsize=(8.2, 0.42 * len(rows) + 1.4))
    axes = figure.subplots()
    before = np.maximum([count(row, "judged before") for row in rows], 1)
    parts: Sequence[tuple[str, str, Callable[[Row], int]]] = (
        ("same status", GOOD, lambda row: count(row, "same status")),
        ("another status", CHANGED, lambda row: count(row, "judged after") - count(row, "same status")),
        ("not assessable any more", UNKNOWN, lambda row: count(row, "judged before") - count(row, "judged after")),
    )
    left = np.zeros(len(rows))
    for label, colour, of in parts:
        share = 100.0 * np.array([of(row) for row in rows]) / before
        axes.barh([str(row["what"]) for row in rows], share, left=left, color=colour, label=label)
        left += share
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("% of the criteria judged before")
    _plain(axes)
    axes.legend(frameon=False, fontsize=8, ncols=3, loc="lower center", bbox_to_anchor=(0.4, 1.0))
    return figure


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="both", color="#e6e9ec", linewidth=0.7)
    axes.set_axisbelow(True)


def _words(name: str) -> str:
    return name.replace("_", " ")


def prepare() -> None:
    """Set the fonts: those that come with matplotlib, so that every machine draws the same."""
    mpl.rcParams.update({"font.family": "DejaVu Sans", "font.size": 9})
