from dataclasses import replace

import pytest
from tests.report import verdicts

from formcheck.assessment import Alternative, Hold, Recognition, Repetition
from formcheck.criteria.model import Finding
from formcheck.report import coach
from formcheck.vocabulary import Side, Status


def found(*statuses: Status) -> tuple[Finding, ...]:
    return tuple(
        verdicts.finding(verdicts.criterion(f"thing_{i}", title=f"Thing {i}"), None, status)
        for i, status in enumerate(statuses)
    )


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        pytest.param([Status.GOOD, Status.GOOD], "Looks good", id="nothing to correct"),
        pytest.param([Status.MINOR, Status.GOOD], "Good, with one small thing to polish", id="one minor"),
        pytest.param([Status.MINOR] * 3, "Three small things to polish", id="three minor"),
        pytest.param([Status.MAJOR], "One thing to fix", id="one major"),
        pytest.param([Status.MAJOR, Status.MINOR], "One thing to fix first", id="a major before a minor"),
        pytest.param([Status.MAJOR] * 12, "12 things to fix", id="more than words count"),
        pytest.param([Status.NOT_ASSESSABLE], "No verdict from this view", id="nothing judged"),
    ],
)
def test_the_headline_counts_what_there_is_to_do(statuses: list[Status], words: str) -> None:
    assert coach.headline(verdicts.stretch(criteria=found(*statuses))) == words


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        pytest.param([Status.GOOD, Status.NOT_ASSESSABLE], "What could be judged looks good", id="nothing to correct"),
        pytest.param([Status.MINOR, Status.NOT_ASSESSABLE], "One small thing to polish", id="one minor"),
        pytest.param([Status.MAJOR, Status.NOT_ASSESSABLE], "One thing to fix", id="one major"),
    ],
)
def test_the_headline_praises_nobody_of_whom_too_little_was_judged(statuses: list[Status], words: str) -> None:
    assert coach.headline(verdicts.stretch(criteria=found(*statuses), score=None)) == words


def test_a_fault_of_both_legs_is_one_thing() -> None:
    both = [verdicts.finding(verdicts.KNEE_LIFT, side, Status.MAJOR) for side in Side]
    assert coach.headline(verdicts.stretch(criteria=tuple(both))) == "One thing to fix"


def test_the_lead_says_the_worst_fault_and_what_to_do() -> None:
    stretch = verdicts.stretch(criteria=found(Status.MINOR, Status.MAJOR), pitfalls=("thing_1", "thing_0"))
    assert coach.lead(stretch) == "The thigh stays below level. Lift the knee as if onto a step."


def test_faults_come_in_the_order_of_the_assessment() -> None:
    stretch = verdicts.stretch(criteria=found(Status.MINOR, Status.GOOD, Status.MAJOR), pitfalls=("thing_2", "thing_0"))
    assert [f.criterion.key for f in coach.in_order_of_weight(stretch)] == ["thing_2", "thing_0"]


def test_repetitions_are_counted_by_side() -> None:
    reps = tuple(
        Repetition(side=side, start_s=i, peak_s=i + 0.5, end_s=i + 0.9, valid=i != 2)
        for i, side in enumerate((Side.LEFT, Side.RIGHT, Side.LEFT))
    )
    told = dict(coach.facts(verdicts.stretch(repetitions=reps)))
    assert told["Repetitions"] == "3 (2 left, 1 right, 1 incomplete)"
    assert told["Cadence"] == "172 steps per minute"


def test_holds_are_told_with_the_seconds_in_good_form_where_these_are_fewer() -> None:
    holds = (
        Hold(side=Side.LEFT, start_s=1.0, end_s=6.2, good_seconds=4.0),
        Hold(side=Side.RIGHT, start_s=8.0, end_s=13.0, good_seconds=5.0),
    )
    told = dict(coach.facts(verdicts.stretch(holds=holds, repetitions=(), cadence_steps_per_minute=None)))
    assert told["Holds"] == "left 5.2 s, 4.0 s of it in good form, right 5.0 s"
    assert "Repetitions" not in told
    assert "Cadence" not in told


def test_a_doubtful_recognition_names_what_else_it_could_be() -> None:
    doubtful = Recognition(
        id="high_knees",
        name="High knees",
        chosen_by="recognised",
        confidence=0.55,
        alternatives=(Alternative(id="butt_kicks", confidence=0.3),),
    )
    stretch = verdicts.stretch(exercise=doubtful)
    assert dict(coach.facts(stretch))["Exercise"] == (
        "High knees, recognised with 55 % confidence; could also be “butt kicks”"
    )
    given = replace(doubtful, chosen_by="given")
    assert dict(coach.facts(verdicts.stretch(exercise=given)))["Exercise"] == "High knees, as given"
