"""Angle and landmark agreement over many clips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.agreement import Agreement, pooled
from benchmarks.angle_errors import JOINTS, NEAR
from benchmarks.landmark_errors import DISTANCE, FORWARD, UP
from benchmarks.recognition import ClipResult

SIDE_VIEW = "side"


@dataclass(frozen=True, kw_only=True)
class AngleRow:
    """One joint in one view and place, over all clips that give a value for it.

    ``agreement`` pools all moments; ``worst`` is the largest mean absolute error of a single clip, ``worst_clip``.
    """

    joint: str
    view: str
    place: str
    clips: int
    agreement: Agreement
    worst: float
    worst_clip: str

    @property
    def mean_absolute(self) -> float:
        return self.agreement.mean_absolute

    @property
    def is_near_side_view(self) -> bool:
        """Whether this is the leg that formcheck judges: the near one, filmed from the side."""
        return self.view == SIDE_VIEW and self.place == NEAR


def angle_rows(results: Sequence[ClipResult]) -> list[AngleRow]:
    """Return a row for every joint, view and place that has values."""
    parts: dict[tuple[str, str, str], list[tuple[str, Agreement]]] = defaultdict(list)
    for case, outcome in results:
        for key, agreement in outcome.angles.items():
            joint, place = key
            parts[joint, case.view, place].append((case.name, agreement))
    order = {joint: rank for rank, joint in enumerate(JOINTS)}
    rows = [_row(key, found) for key, found in parts.items() if any(agreement.n for _, agreement in found)]
    return sorted(rows, key=lambda row: (row.view != SIDE_VIEW, row.view, order[row.joint], row.place != NEAR))


def _row(key: tuple[str, str, str], found: Sequence[tuple[str, Agreement]]) -> AngleRow:
    joint, view, place = key
    valued = [(agreement.mean_absolute, name) for name, agreement in found if agreement.n]
    worst, worst_clip = max(valued)
    return AngleRow(
        joint=joint,
        view=view,
        place=place,
        clips=len(valued),
        agreement=pooled(agreement for _, agreement in found),
        worst=worst,
        worst_clip=worst_clip,
    )


@dataclass(frozen=True, kw_only=True)
class LandmarkRow:
    """How far one landmark lies from its joint in one view and place, in trunk lengths."""

    landmark: str
    view: str
    place: str
    distance: Agreement
    up: Agreement
    forward: Agreement


def landmark_rows(results: Sequence[ClipResult]) -> list[LandmarkRow]:
    """Return a row for every landmark, view and place."""
    parts: dict[tuple[str, str, str], dict[str, Agreement]] = defaultdict(lambda: defaultdict(Agreement))
    for case, outcome in results:
        for key, agreement in outcome.landmarks.items():
            landmark, place, kind = key
            parts[landmark, case.view, place][kind] += agreement
    rows = [
        LandmarkRow(
            landmark=landmark,
            view=view,
            place=place,
            distance=kinds[DISTANCE],
            up=kinds[UP],
            forward=kinds[FORWARD],
        )
        for (landmark, view, place), kinds in parts.items()
    ]
    return sorted(rows, key=lambda row: (row.view != SIDE_VIEW, row.view, row.place != NEAR, row.place))
