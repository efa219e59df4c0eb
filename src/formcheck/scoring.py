"""From findings to a score: what was judged counts, what could not be judged counts neither way."""

from __future__ import annotations

from collections.abc import Sequence

from formcheck.criteria.model import Finding, Kind
from formcheck.vocabulary import Status

LEAST_COVERAGE = 0.4
"""Share of the weight that must be judged before a score means anything (interface, ``result.json``)."""
VALUES = {Status.GOOD: 1.0, Status.INFO: 1.0, Status.MINOR: 0.5, Status.MAJOR: 0.0}
RANK = {Status.MAJOR: 2, Status.MINOR: 1, Status.GOOD: 0, Status.INFO: 0, Status.NOT_ASSESSABLE: -1}


def weight(kind: Kind) -> float:
    """Return what a kind of criterion weighs: what the source asks for most, its doses and progress nothing."""
    if kind in (Kind.DOSE, Kind.PROGRESS):
        return 0.0
    if kind.is_proxy:
        return 1.0
    return 1.5 if kind is Kind.PRACTICE else 3.0


def worst_by_key(findings: Sequence[Finding]) -> dict[str, Finding]:
    """Return for each criterion key its worst finding over the sides, in the order of the findings."""
    worst: dict[str, Finding] = {}
    for finding in findings:
        key = finding.criterion.key
        if key not in worst or RANK[finding.status] > RANK[worst[key].status]:
            worst[key] = finding
    return worst


def score(findings: Sequence[Finding]) -> tuple[float | None, float]:
    """Return the score in [0, 100], None where too little was judged, and the coverage in [0, 1]."""
    total = judged = earned = 0.0
    for finding in worst_by_key(findings).values():
        share = weight(finding.criterion.kind)
        total += share
        if finding.status in VALUES and finding.status is not Status.INFO:
            judged += share
            earned += share * VALUES[finding.status]
    coverage = judged / total if total else 0.0
    return (100.0 * earned / judged if judged and coverage >= LEAST_COVERAGE else None), coverage


def pitfalls(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return every key with a fault, worst first: by severity, then confidence, then the share of repetitions."""
    faults = [f for f in worst_by_key(findings).values() if f.status in (Status.MINOR, Status.MAJOR)]
    faults.sort(
        key=lambda f: (-RANK[f.status], -weight(f.criterion.kind), -f.confidence, -(f.share_of_repetitions or 0.0))
    )
    return tuple(f.criterion.key for f in faults)


def strengths(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return every key that was good on all sides judged, weightiest first."""
    good = [f for f in worst_by_key(findings).values() if f.status is Status.GOOD]
    good.sort(key=lambda f: (-weight(f.criterion.kind), -f.confidence))
    return tuple(f.criterion.key for f in good)
