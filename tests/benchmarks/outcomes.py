"""Cases and outcomes made up for tests."""

from pathlib import Path

from benchmarks.cases import ClipCase, TrackCase
from benchmarks.outcome import Answer, Facts, Outcome, Verdict
from benchmarks.truth import Fault

CATALOGUE = frozenset({"lunge", "high_knees", "front_plank"})
BENT = Fault(name="bent", magnitude=12.0, unit="deg")


def clip(
    name: str = "a", *, exercise: str = "lunge", must: tuple[str, ...] = (), may: tuple[str, ...] = ()
) -> ClipCase:
    return ClipCase(
        path=Path(f"{name}.mp4"),
        truth=Path(f"{name}.truth.json.gz"),
        group="clips",
        exercise=exercise,
        view="side",
        must=must,
        may=(*must, *may),
        may_be_taken_for=(),
    )


def track(*accept: str, repetitions: int | None = None) -> TrackCase:
    return TrackCase(
        path=Path("t.npz"),
        accept=accept,
        movement="",
        view="side",
        repetitions=repetitions,
        tolerance=1,
        hold_s=None,
    )


def answer(
    exercise: str = "lunge",
    *,
    statuses: dict[str, str] | None = None,
    doses: tuple[str, ...] = (),
    repetitions: int = 3,
    holds: tuple[float, ...] = (),
    cadence: float | None = None,
) -> Answer:
    """Return an answer with one verdict a criterion; ``doses`` are the keys of prescribed amounts."""
    return Answer(
        exercise=exercise,
        confidence=0.9,
        view="side",
        repetitions=repetitions,
        holds=holds,
        cadence=cadence,
        score=80.0,
        coverage=1.0,
        verdicts=tuple(
            Verdict(
                key=key,
                kind="dose" if key in doses else "expectation",
                side=None,
                status=status,
                value=1.0,
                standard_error=0.1,
            )
            for key, status in (statuses or {}).items()
        ),
    )


def outcome(
    *answers: Answer,
    case: str = "a",
    given: tuple[Answer, ...] = (),
    fault: Fault | None = None,
    repetitions: int | None = 3,
    hold_s: float | None = None,
    cadence: float | None = None,
) -> Outcome:
    facts = Facts(repetitions=repetitions, cadence_per_minute=cadence, hold_s=hold_s, fault=fault)
    return Outcome(case=case, answers=answers, given=given, facts=facts)
