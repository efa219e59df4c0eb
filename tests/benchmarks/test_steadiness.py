"""What counts as the same verdict on a degraded clip."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.agreement import Agreement
from benchmarks.outcome import Answer
from benchmarks.steadiness import (
    Pair,
    Steadiness,
    by_degradation,
    joint_errors,
    other_answers,
    other_counts,
    robustness_targets,
    steadiness,
    turns,
)
from tests.benchmarks.outcomes import CATALOGUE, answer, clip, outcome


def pair(before: Answer, *after: Answer, given: tuple[Answer, ...] = ()) -> Pair:
    worse = replace(clip("a"), path=Path("a--dark.mp4"))
    return (clip("a"), outcome(before)), (worse, outcome(*after, case="a--dark", given=given))


def test_only_criteria_judged_before_and_after_can_keep_their_status() -> None:
    before = answer(statuses={"depth": "good", "knee": "minor", "trunk": "good", "heel": "not_assessable"})
    after = answer(statuses={"depth": "major", "knee": "minor", "trunk": "not_assessable", "heel": "good"})
    found = steadiness(pair(before, after), CATALOGUE)
    assert (found.before, found.both, found.kept, found.turned_bad) == (3, 2, 1, 1)
    assert found.kept_share == 0.5
    assert found.lost_share == pytest.approx(1 / 3)


def test_a_clip_that_is_not_recognised_any_more_is_judged_with_its_exercise_given() -> None:
    before = answer(statuses={"depth": "good"})
    found = steadiness(pair(before, given=(answer(statuses={"depth": "good"}),)), CATALOGUE)
    assert (found.known, found.recognised, found.mistaken) == (1, 0, 0)
    assert (found.before, found.kept) == (1, 1)


def test_a_verdict_for_another_exercise_is_a_mistake() -> None:
    found = steadiness(pair(answer(), answer("high_knees")), CATALOGUE)
    assert (found.recognised, found.mistaken) == (0, 1)


def test_repetitions_must_be_as_many_and_holds_about_as_long() -> None:
    found = steadiness(pair(answer(repetitions=3, holds=(5.0,)), answer(repetitions=4, holds=(5.4,))), CATALOGUE)
    assert (found.counted, found.same_count, found.held, found.same_hold) == (1, 0, 1, 1)
    assert steadiness(pair(answer(repetitions=0), answer(repetitions=0)), CATALOGUE).counted == 0


def test_clips_add_up() -> None:
    one = pair(answer(statuses={"depth": "good"}), answer(statuses={"depth": "good"}))
    two = pair(answer(statuses={"depth": "good"}), answer(statuses={"depth": "minor"}))
    found = by_degradation({"dark": [one, two]}, CATALOGUE)["dark"]
    assert (found.clips, found.both, found.kept) == (2, 2, 1)


def test_every_change_is_told() -> None:
    before, after = answer(statuses={"depth": "good", "knee": "minor"}), answer(statuses={"knee": "minor"})
    pairs = {"dark": [pair(before, after)]}
    (turn,) = turns(pairs)
    assert (turn.clip, turn.degradation, turn.key, turn.before, turn.after) == (
        "a", "dark", "depth", "good", "not_assessable"
    )  # fmt: skip
    assert list(other_answers(pairs)) == []
    assert list(other_answers({"dark": [pair(before)]})) == [("a", "dark", "lunge", "none")]


def test_other_repetitions_and_holds_are_told() -> None:
    changed = pair(answer(repetitions=3, holds=(5.0,)), answer(repetitions=4, holds=(3.0,)))
    assert list(other_counts({"dark": [changed]})) == [
        ("a", "dark", "repetitions", 3, 4),
        ("a", "dark", "hold seconds", 5.0, 3.0),
    ]


def test_joint_angles_are_pooled_before_and_after() -> None:
    (case, first), (worse, second) = pair(answer(), answer())
    first = replace(first, angles={("knee", "near"): Agreement.of(np.array([1.0, -1.0]))})
    second = replace(second, angles={("knee", "near"): Agreement.of(np.array([3.0, np.nan]))})
    before, after = joint_errors([((case, first), (worse, second))])
    assert (before["knee"].mean_absolute, after["knee"].mean_absolute, after["knee"].coverage) == (1.0, 3.0, 0.5)


@pytest.mark.parametrize(
    ("result", "met"),
    [
        pytest.param({"before": 100, "both": 85, "kept": 83}, [True, True, True], id="just met"),
        pytest.param({"before": 100, "both": 84, "kept": 81, "turned_bad": 1}, [False, False, False], id="just not"),
        pytest.param({}, [None, True, None], id="nothing measured"),
    ],
)
def test_targets_tell_a_promise_kept_from_one_broken(result: dict[str, int], met: list[bool | None]) -> None:
    assert [target.met for target in robustness_targets({"dark": Steadiness(**result)})] == met


def test_a_mirrored_clip_must_give_the_same_exercise_and_repetitions() -> None:
    found = {"mirrored": Steadiness(known=2, recognised=1, counted=2, same_count=2, before=1, both=1, kept=1)}
    assert [target.met for target in robustness_targets(found)] == [True, True, False, True]
    assert list(robustness_targets({"half_size": Steadiness()})) == []
