"""Tables of measured values and verdicts against those that landmarks without error give."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.results import Results
from benchmarks.tables import Table
from benchmarks.value_errors import pairs, share_within, value_scores, verdict_score

STANDARD_ERRORS = (1.0, 2.0, 3.0)


def value_tables(results: Results) -> Iterator[Table]:
    found = pairs(results.known_clips)
    if not found:
        return
    score = verdict_score(found)
    yield Table(
        title="Verdicts against perfect landmarks",
        columns=("judged both ways", "same", "milder", "harsher", "good for major or major for good"),
        rows=((score.judged, score.same, score.milder, score.harsher, score.opposite),),
        note="Perfect landmarks: the true points, judged by the same bands. Doses are left out.",
    )
    yield Table(
        title="Verdicts that perfect landmarks change",
        columns=("clip", "key", "side", "measured", "value", "standard error", "perfect", "perfect value"),
        rows=tuple(
            (
                pair.case, pair.measured.key, pair.measured.side or "", pair.measured.status, pair.measured.value,
                pair.measured.standard_error, pair.perfect.status, pair.perfect.value,
            )
            for pair in sorted(found, key=lambda pair: (pair.case, pair.measured.key, pair.measured.side or ""))
            if pair.step
        ),
        digits=2,
    )  # fmt: skip
    yield Table(
        title="Values within standard errors",
        columns=("values", *(f"within {n:g}" for n in STANDARD_ERRORS)),
        rows=((len(found), *(share_within(found, n) for n in STANDARD_ERRORS)),),
        note="Share of values whose error is at most so many of the standard errors told with them.",
        digits=2,
    )
    yield Table(
        title="Values against perfect landmarks",
        columns=("exercise", "key", "unit", "values", "bias", "spread", "mean abs", "standard error"),
        rows=tuple(
            (s.exercise, s.key, s.unit, s.errors.n, s.errors.bias, s.errors.spread, s.errors.mean_absolute, s.told)
            for s in value_scores(found)
        ),
        note="Measured less perfect. Spread: standard deviation around the bias. Standard error: the mean one told.",
        digits=3,
        shown=False,
    )
