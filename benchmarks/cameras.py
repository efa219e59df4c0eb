"""One performance filmed by several cameras: what another camera does to the verdict."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.outcome import worst_statuses
from benchmarks.recognition import ClipResult
from formcheck.vocabulary import Status

BASE = "base"
JUDGED = (Status.GOOD, Status.MINOR, Status.MAJOR)
_CAMERA = re.compile(r"camera_([a-z]+)")


@dataclass(frozen=True, kw_only=True)
class CameraScore:
    """The verdicts of one camera beside those of the base camera, over all performances.

    ``before`` counts the criteria judged from the base camera, ``both`` those judged from both, of which ``kept`` have
    the same status and ``turned_bad`` went from good to major.
    """

    camera: str
    performances: int
    recognised: int
    before: int
    both: int
    kept: int
    turned_bad: int

    @property
    def lost(self) -> int:
        """Criteria that this camera cannot answer any more."""
        return self.before - self.both


@dataclass(frozen=True, kw_only=True)
class Change:
    """A criterion that was judged from the base camera and got another status from another one."""

    case: str
    key: str
    base: str
    status: str


def camera_scores(results: Sequence[ClipResult]) -> list[CameraScore]:
    """Return a score for every camera but the base one."""
    pairs = _pairs(results)
    cameras = dict.fromkeys(camera for camera, _, _ in pairs)
    return [_score(camera, [(base, other) for name, base, other in pairs if name == camera]) for camera in cameras]


def changes(results: Sequence[ClipResult]) -> list[Change]:
    """Return every criterion judged from the base camera whose status is another from another camera."""
    return [
        Change(case=other[0].name, key=key, base=status, status=seen.get(key, Status.NOT_ASSESSABLE))
        for _, base, other in _pairs(results)
        for seen in (judged_statuses(other),)
        for key, status in judged_statuses(base).items()
        if seen.get(key) != status
    ]


def _pairs(results: Sequence[ClipResult]) -> list[tuple[str, ClipResult, ClipResult]]:
    """Return each performance from the base camera beside the same one from another, with that camera's name."""
    filmed: dict[str, dict[str, ClipResult]] = defaultdict(dict)
    for case, outcome in results:
        if found := _CAMERA.search(case.name):
            filmed[case.name.replace(found[0], "")][found[1]] = (case, outcome)
    return [
        (camera, views[BASE], other)
        for views in filmed.values()
        if BASE in views
        for camera, other in views.items()
        if camera != BASE
    ]


def _score(camera: str, pairs: Sequence[tuple[ClipResult, ClipResult]]) -> CameraScore:
    before = both = kept = turned_bad = recognised = 0
    for base, other in pairs:
        first, second = judged_statuses(base), judged_statuses(other)
        shared = first.keys() & second.keys()
        before += len(first)
        both += len(shared)
        kept += sum(first[key] == second[key] for key in shared)
        turned_bad += sum(first[key] == Status.GOOD and second[key] == Status.MAJOR for key in shared)
        recognised += other[0].exercise in other[1].said
    return CameraScore(
        camera=camera,
        performances=len(pairs),
        recognised=recognised,
        before=before,
        both=both,
        kept=kept,
        turned_bad=turned_bad,
    )


def judged_statuses(result: ClipResult) -> dict[str, str]:
    """Return the status of each criterion of the clip's own exercise that was judged, the worse one of two sides."""
    case, outcome = result
    statuses = worst_statuses(outcome.judged(case.exercise))
    return {key: status for key, status in statuses.items() if status in JUDGED}
