"""What formcheck is run on: rendered clips with their truth, and landmark tracks of real people with their labels."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST, EXPECTED, LABELS = "manifest.json", "expected.json", "labels.json"
TRUTH_ENDING = ".truth.json.gz"
CLIPS, CAMERAS, DEGRADED = "clips", "cameras", "degraded"
"""Groups of clips; the second is also the sub-folder in which one performance is filmed by several cameras, the third
are copies that were made worse, whose truth is that of the clip before."""
NONE = "none"
"""The answer where nothing was recognised."""


class CasesError(Exception):
    """A folder does not hold what was asked for; the message says what was needed."""


@dataclass(frozen=True, kw_only=True)
class ClipCase:
    """One rendered clip and what must, may and must not be said of it.

    ``must`` are criterion keys of which at least one has to be reported, ``may`` all that may be. ``group`` is the
    folder the clip belongs to.
    """

    path: Path
    truth: Path
    group: str
    exercise: str
    view: str
    must: tuple[str, ...]
    may: tuple[str, ...]
    may_be_taken_for: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def files(self) -> tuple[Path, ...]:
        return self.path, self.truth

    @property
    def accept(self) -> tuple[str, ...]:
        return (self.exercise, *self.may_be_taken_for)


@dataclass(frozen=True, kw_only=True)
class TrackCase:
    """One landmark track of a real person. ``accept`` are the right answers: ``a+b`` is both in order."""

    path: Path
    accept: tuple[str, ...]
    movement: str
    view: str
    repetitions: int | None
    tolerance: int
    hold_s: float | None

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def files(self) -> tuple[Path, ...]:
        return (self.path,)


Case = ClipCase | TrackCase


def read_clips(folder: Path) -> list[ClipCase]:
    """Return the clips that a folder describes, and those of its sub-folder ``cameras``.

    The folder holds a ``manifest.json``, or an ``expected.json`` as ``sample_videos/`` does. The truth lies beside the
    clips; that of samples is named after them.
    """
    if (folder / EXPECTED).is_file():
        return _expected(folder)
    if not (folder / MANIFEST).is_file():
        raise CasesError(f"{folder} holds neither {MANIFEST} nor {EXPECTED}: name a folder of clips with ground truth.")
    found = _manifest(folder, CLIPS)
    if (folder / CAMERAS / MANIFEST).is_file():
        found += _manifest(folder / CAMERAS, CAMERAS)
    return found


def _manifest(folder: Path, group: str) -> list[ClipCase]:
    entries: list[dict[str, Any]] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return [
        ClipCase(
            path=folder / entry["clip"],
            truth=folder / entry["truth"],
            group=group,
            exercise=entry["exercise"],
            view=entry["view"],
            must=tuple(entry["must_report_one_of"]),
            may=_may(entry),
            may_be_taken_for=tuple(entry["may_be_taken_for"]),
        )
        for entry in entries
    ]


def _expected(folder: Path) -> list[ClipCase]:
    entries: dict[str, dict[str, Any]] = json.loads((folder / EXPECTED).read_text(encoding="utf-8"))
    return [
        ClipCase(
            path=folder / clip,
            truth=folder / (Path(clip).stem + TRUTH_ENDING),
            group=CLIPS,
            exercise=entry["exercise"],
            view=entry["view"],
            must=tuple(entry["must_report_one_of"]),
            may=_may(entry),
            may_be_taken_for=(),
        )
        for clip, entry in entries.items()
    ]


def _may(entry: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted({*entry["may_report"], *entry["must_report_one_of"]}))


def read_tracks(folder: Path) -> list[TrackCase]:
    """Return the landmark tracks that a folder's ``labels.json`` describes."""
    if not (folder / LABELS).is_file():
        raise CasesError(f"{folder} holds no {LABELS}: name a folder of labelled landmark tracks.")
    entries: dict[str, dict[str, Any]] = json.loads((folder / LABELS).read_text(encoding="utf-8"))
    return [
        TrackCase(
            path=folder / f"{name}.npz",
            accept=tuple(entry["accept"]),
            movement=entry["movement"],
            view=entry["view"],
            repetitions=entry["repetitions"],
            tolerance=entry["tolerance"] or 0,
            hold_s=entry["hold_s"],
        )
        for name, entry in entries.items()
    ]


def of_exercises(cases: Sequence[Case], exercises: Set[str]) -> list[Case]:
    """Return the clips of some exercises, and the tracks for which one of them is a right answer."""
    return [case for case in cases if exercises & _named(case)]


def _named(case: Case) -> set[str]:
    if isinstance(case, ClipCase):
        return {case.exercise}
    return {part for answer in case.accept for part in answer.split("+")}
