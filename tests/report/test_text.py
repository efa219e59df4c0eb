import re
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from tests.report import verdicts

from formcheck.assessment import Alternative, Assessment, ExerciseAssessment, Hold, Recognition, Repetition
from formcheck.criteria.model import Band, Bands, Problem, RequiredView
from formcheck.report.text import print_verdict
from formcheck.vocabulary import Facing, Side, Status, Unit, View

FIGURES_OF_FORM = re.compile(r"\d+\s*°|[Ss]core \d|repetition|steps|confiden|sure")


def told(assessment: Assessment, width: int = 100, folder: Path | None = None) -> str:
    stream = StringIO()
    print_verdict(assessment, Console(file=stream, width=width), folder)
    return stream.getvalue()


def flowing(text: str) -> str:
    return " ".join(text.split())


def of(stretch: ExerciseAssessment, width: int = 100) -> str:
    return flowing(told(verdicts.assessed(stretch), width))


def faults(count: int) -> tuple[Sequence[object], tuple[str, ...]]:
    keys = tuple(f"fault_{number}" for number in range(count))
    criteria = [verdicts.criterion(key, title=f"Point {key[-1]}", fault=f"Fault {key[-1]} shows.") for key in keys]
    return tuple(verdicts.finding(c, None, Status.MAJOR, value=10.0) for c in criteria), keys


def test_it_says_what_was_seen() -> None:
    text = of(verdicts.stretch())
    assert "high knees.mp4" in text
    assert "High knees, recognised (96 % sure)." in text
    assert "Filmed from the side, facing right" in text
    assert "3 steps (2 left, 1 right), 172 steps a minute" in text


def test_an_exercise_that_was_given_is_not_called_recognised() -> None:
    given = Recognition(id="high_knees", name="High knees", chosen_by="given", confidence=1.0)
    assert "as you said" in of(verdicts.stretch(exercise=given))


def test_a_doubtful_recognition_names_what_else_it_could_be() -> None:
    doubtful = replace(
        verdicts.stretch().exercise, confidence=0.55, alternatives=(Alternative(id="butt_kicks", confidence=0.4),)
    )
    assert "It could also be butt_kicks: say which with --exercise." in of(verdicts.stretch(exercise=doubtful))


def test_a_hold_is_told_in_seconds_with_the_part_in_good_form() -> None:
    holds = (Hold(side=Side.LEFT, start_s=1.0, end_s=6.2), Hold(side=Side.RIGHT, start_s=8, end_s=13, good_seconds=4))
    text = of(replace(verdicts.plank(), holds=holds))
    assert "held left 5.2 s and right 5.0 s (4.0 s of it in good form)" in text
    whole = tuple(replace(hold, good_seconds=hold.seconds) for hold in holds[:1])
    assert "held left 5.2 s (all of it in good form)" in of(replace(verdicts.plank(), holds=whole))


def test_the_dose_of_a_hold_is_told_and_never_a_fault() -> None:
    text = of(verdicts.plank())
    assert "Also measured • Time held: 42.0 s (aim: 60 s or more)" in text
    assert "To work on" not in text


def test_a_score_says_how_much_it_rests_on() -> None:
    assert "Score 57 of 100, from 70 % of what counts." in of(verdicts.stretch())
    assert "Score 57 of 100, from everything that counts." in of(verdicts.stretch(coverage=1.0))


def test_too_little_coverage_gives_no_score() -> None:
    text = of(verdicts.stretch(score=None, coverage=0.39))
    assert "No score: too little could be judged from this view." in text
    assert not re.search(r"Score \d", text)


def test_what_was_good_comes_before_the_faults() -> None:
    text = of(verdicts.stretch())
    assert text.index("Good: tall posture (4°).") < text.index("To work on")


def test_a_fault_is_told_with_side_value_band_share_moments_and_cue() -> None:
    text = of(verdicts.stretch())
    assert "1. Knee lift, both sides (fix this) The thigh stays below level." in text
    assert "left: 62°, good is 80° or more · in 9 of 11 steps · see 3.2 s and 5.6 s" in text
    assert "see 1:03.2" in text
    assert "→ Lift the knee as if onto a step." in text


def test_a_value_just_outside_its_band_is_not_rounded_into_it() -> None:
    assert "right: 79.97°, good is 80° or more" in of(verdicts.stretch())


def test_a_proxy_only_looks_like_its_fault() -> None:
    assert "It looks like the calves are tight." in of(verdicts.stretch())


def test_a_sporadic_fault_shows_sometimes() -> None:
    finding = verdicts.finding(status=Status.MINOR, value=70.0, sometimes=True)
    text = of(verdicts.stretch(criteria=(finding,), pitfalls=("thigh_horizontal",)))
    assert "Sometimes the thigh stays below level." in text


def test_a_long_unit_is_said_once() -> None:
    step = verdicts.criterion(unit=Unit.LEG_LENGTHS, bands=Bands(Band(None, 0.16)))
    finding = verdicts.finding(step, status=Status.MAJOR, value=0.273)
    text = of(verdicts.stretch(criteria=(finding,), pitfalls=("thigh_horizontal",)))
    assert "0.27 leg lengths, good is 0.16 or less" in text


def test_repetitions_of_one_side_name_it_once() -> None:
    right = tuple(Repetition(side=Side.RIGHT, start_s=at, peak_s=at + 1, end_s=at + 2, valid=at > 0) for at in (0, 3))
    text = of(verdicts.stretch(repetitions=right, cadence_steps_per_minute=None))
    assert "2 repetitions (right, 1 of full range)" in text


def test_only_the_worst_three_faults_are_shown() -> None:
    findings, keys = faults(5)
    text = of(verdicts.stretch(criteria=findings, pitfalls=keys, strengths=()))
    assert [f"Fault {number} shows." in text for number in range(5)] == [True, True, True, False, False]
    assert "And 2 more, in the report." in text


def test_no_fault_is_said_aloud() -> None:
    text = of(verdicts.stretch(criteria=(verdicts.finding(),), pitfalls=(), strengths=("thigh_horizontal",)))
    assert "Nothing to correct in what this clip shows." in text


def test_nothing_judged_is_not_praised() -> None:
    nothing = tuple(finding for finding in verdicts.FINDINGS if finding.status is Status.NOT_ASSESSABLE)
    text = of(verdicts.stretch(criteria=nothing, pitfalls=(), strengths=(), score=None, coverage=0.0))
    assert "Nothing to correct" not in text
    assert "Good" not in text


def test_what_could_not_be_judged_is_grouped_by_the_view_that_would_tell() -> None:
    more = verdicts.not_judged(
        verdicts.criterion("hip_drop", title="Level hips"),
        Problem.WRONG_VIEW,
        "Seen from the side.",
        RequiredView.FRONT,
    )
    text = of(verdicts.stretch(criteria=(*verdicts.FINDINGS, more)))
    assert "A view from the front or from behind would show: Knee over foot and Level hips." in text
    assert "Hands: The wrists are seen in 30 % of the frames, and 80 % are needed." in text


def test_a_side_that_alone_was_not_judged_is_named() -> None:
    hidden = replace(verdicts.not_judged(verdicts.KNEE_LIFT, Problem.NOT_VISIBLE, "Hidden."), side=Side.LEFT)
    assert "Knee lift (left): Hidden." in of(verdicts.stretch(criteria=(hidden,), pitfalls=()))


def test_warnings_about_the_clip_are_told() -> None:
    assert "About the clip • The camera moves." in of(verdicts.stretch())


def test_a_clip_without_a_verdict_prints_reason_and_remedy_and_no_figure_of_form() -> None:
    text = flowing(told(verdicts.unassessed()))
    assert "Not assessed: Nobody is in view. Film the whole body, with the camera at hip height." in text
    assert not FIGURES_OF_FORM.search(text)


def test_several_exercises_of_one_clip_say_when_each_was_done() -> None:
    text = flowing(told(verdicts.assessed(verdicts.stretch(), verdicts.stretch(start_s=61.0, end_s=75.25))))
    assert "High knees (0.4 s to 9.8 s)" in text
    assert "High knees (1:01.0 to 1:15.2)" in text


def test_with_several_views_a_moment_names_its_clip() -> None:
    finding = verdicts.finding(status=Status.MAJOR, evidence=verdicts.evidence(2.0, clip=1))
    stretch = verdicts.stretch(criteria=(finding,), pitfalls=("thigh_horizontal",))
    text = flowing(told(verdicts.assessed(stretch, clips=(verdicts.clip("side.mp4"), verdicts.clip("front.mp4")))))
    assert "side.mp4 and front.mp4" in text
    assert "see 2.0 s (front.mp4)" in text


def test_the_view_from_an_angle_says_how_far() -> None:
    view = replace(verdicts.stretch().view, name=View.OBLIQUE, yaw_degrees=-41.0, facing=Facing.CAMERA)
    assert "Filmed at an angle (about 41° from the side)" in of(verdicts.stretch(view=view))


def test_bands_that_depend_on_the_movement_are_the_ones_told() -> None:
    finding = verdicts.finding(status=Status.MINOR, value=30.0, bands=Bands(Band(None, 25.0)))
    assert "30°, good is 25° or less" in of(verdicts.stretch(criteria=(finding,), pitfalls=("thigh_horizontal",)))


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_lines_fit_every_window(width: int) -> None:
    text = told(verdicts.assessed(), width, Path("formcheck-results/high knees"))
    assert max(len(line) for line in text.splitlines()) <= min(width, 100)
    assert "→ Lift the knee as if onto a step." in flowing(text)


def test_a_name_cannot_move_the_cursor_or_style_the_text() -> None:
    name = "[red]x[/red] 'q' \x1b[2J\nnew\u202egnp 🏃.mp4"
    text = told(verdicts.assessed(clips=(verdicts.clip(f"clips/{name}"),)), folder=Path(f"out/{name}"))
    assert "[red]x[/red] 'q' \\x1b[2J\\nnew\\u202egnp 🏃.mp4" in text
    assert "\x1b" not in text


def test_the_result_folder_is_named_last() -> None:
    text = told(verdicts.assessed(), folder=Path("formcheck-results/high knees"))
    assert text.rstrip().endswith("Results in formcheck-results/high knees/")
