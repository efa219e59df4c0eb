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


def camera_scores(results: Sequence[ClipResult]) -> list[CameraScore]:
    """Return a score for every camera but the base one."""
    filmed: dict[str, dict[str, ClipResult]] = defaultdict(dict)
    for case, outcome in results:
        if found := _CAMERA.search(case.name):
            performance = case.name.replace(found[0], "")
            filmed[performance][found[1]] = (case, outcome)
    cameras = dict.fromkeys(camera for views in filmed.values() for camera in views if camera != BASE)
    whole = [views for views in filmed.values() if BASE in views]
    return [_score(camera, [(v[BASE], v[camera]) for v in whole if camera in v]) for camera in cameras]


def _score(camera: str, pairs: Sequence[tuple[ClipResult, ClipResult]]) -> CameraScore:
    before = both = kept = turned_bad = recognised = 0
    for base, other in pairs:
        first, second = _judged(base), _judged(other)
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


def _judged(result: ClipResult) -> dict[str, str]:
    case, outcome = result
    statuses = worst_statuses(outcome.judged(case.exercise))
    return {key: status for key, status in statuses.items() if status in JUDGED}
