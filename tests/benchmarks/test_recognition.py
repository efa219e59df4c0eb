import pytest
from benchmarks.outcome import Outcome
from benchmarks.recognition import confusion, is_false_verdict, is_right, right_answers, said
from tests.benchmarks.outcomes import CATALOGUE, answer, clip, outcome, track


@pytest.mark.parametrize(
    ("accept", "right"),
    [
        pytest.param(["lunge"], {("lunge",)}, id="a known exercise must be said"),
        pytest.param(["none"], {("none",)}, id="nothing may be said of another movement"),
        pytest.param(["lunge", "none"], {("lunge",), ("none",)}, id="silence may be defensible"),
        pytest.param(["quad_stretch"], {("none",)}, id="an exercise not known yet counts as none"),
        pytest.param(["lunge", "quad_stretch"], {("lunge",)}, id="a known answer beside an unknown one must be said"),
        pytest.param(["lunge+high_knees"], {("lunge", "high_knees")}, id="two exercises must come in order"),
        pytest.param(["lunge+quad_stretch"], {("lunge",)}, id="of two exercises the known one must be said"),
    ],
)
def test_what_is_right_follows_from_the_label_and_the_catalogue(accept: list[str], right: set[tuple[str, ...]]) -> None:
    assert right_answers(accept, CATALOGUE) == right


def test_several_bouts_of_one_exercise_are_one_answer() -> None:
    assert outcome(answer("lunge"), answer("lunge")).said == ("lunge",)


def test_two_exercises_in_the_wrong_order_are_wrong() -> None:
    found = outcome(answer("high_knees"), answer("lunge"))
    assert is_right(track("high_knees+lunge"), found, CATALOGUE)
    assert not is_right(track("lunge+high_knees"), found, CATALOGUE)


def test_answers_that_are_each_accepted_may_follow_one_another() -> None:
    assert is_right(track("lunge", "high_knees"), outcome(answer("lunge"), answer("high_knees")), CATALOGUE)


def test_an_unaccepted_answer_beside_the_right_one_is_wrong() -> None:
    found = outcome(answer("lunge"), answer("high_knees"))
    assert not is_right(clip(), found, CATALOGUE)
    assert is_false_verdict(clip(), found, CATALOGUE)


def test_silence_on_a_known_exercise_is_wrong_but_no_false_verdict() -> None:
    assert not is_right(clip(), outcome(), CATALOGUE)
    assert not is_false_verdict(clip(), outcome(), CATALOGUE)


def test_a_failure_is_never_right_even_where_silence_would_be() -> None:
    failed = Outcome(case="t", problem="it broke")
    assert not is_right(track("none"), failed, CATALOGUE)
    assert said(failed) == "failed"


def test_the_confusion_matrix_counts_each_clip_once() -> None:
    results = [(clip("a"), outcome(answer("lunge"))), (clip("b"), outcome()), (clip("c"), outcome())]
    assert confusion(results) == {("lunge", "lunge"): 1, ("lunge", "none"): 2}
