"""What every exercise of the catalogue must keep to, whichever they are: nothing here names one."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.athlete import unseen
from tests.judged import judged
from tests.movements import EXAMPLES, Example

from formcheck import exercises
from formcheck.analysis import Options
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.judging import SEVERITY, judge
from formcheck.criteria.model import BODY_LINE, Band, Criterion, Kind
from formcheck.kinematics.motion import Motion
from formcheck.report.angle_marks import hint_of
from formcheck.segmentation.performance import Performance
from formcheck.vocabulary import Status, Unit

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parent / "src"
WRITTEN = (".py", ".html", ".j2", ".js", ".css", ".json", ".md")
RUN_OF_WORDS = 9
"""As many words in a row as nobody writes twice by chance: more would be copying."""
CATALOGUE = exercises.load_all()
EVERY_EXERCISE = pytest.mark.parametrize("exercise", CATALOGUE.values(), ids=CATALOGUE)
EVERY_CRITERION = pytest.mark.parametrize(
    "criterion",
    [pytest.param(c, id=f"{e.id}.{c.key}") for e in CATALOGUE.values() for c in e.criteria],
)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with (HERE / "data" / "criteria.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t"))


def _wanted(exercise: Exercise) -> dict[str, tuple[str, str, str]]:
    names = {exercise.id, "*stretch"} if exercise.is_stretch else {exercise.id}
    return {row["key"]: (row["kind"], row["view"], row["worst"]) for row in _rows() if row["exercise"] in names}


@cache
def _word_runs() -> frozenset[str]:
    """The source's runs of words, as hashes: copying can be found without keeping a copy."""
    return frozenset((HERE / "data" / "source_word_runs.txt").read_text(encoding="utf-8").split())


def _copied(text: str) -> list[str]:
    """Return every run of words in a text that also stands in the source."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    runs = (" ".join(words[i : i + RUN_OF_WORDS]) for i in range(len(words) - RUN_OF_WORDS + 1))
    return [run for run in runs if hashlib.sha256(run.encode()).hexdigest()[:12] in _word_runs()]


def test_the_catalogue_holds_exercises_of_the_table_only() -> None:
    assert set(CATALOGUE) <= {row["exercise"] for row in _rows()}


@EVERY_EXERCISE
def test_the_criteria_are_those_of_the_table(exercise: Exercise) -> None:
    found = {c.key: (c.kind.value, c.view.value, c.worst.value) for c in exercise.criteria}
    assert found == _wanted(exercise)
    assert len(found) == len(exercise.criteria)


@EVERY_EXERCISE
def test_an_exercise_says_what_it_is_and_how_to_film_it(exercise: Exercise) -> None:
    for text in (exercise.name, exercise.section, exercise.summary, exercise.film):
        assert text.strip() == text != ""
    assert exercise.summary.endswith(".")
    assert exercise.shown_angles


@EVERY_EXERCISE
def test_an_exercise_has_its_own_tests(exercise: Exercise) -> None:
    assert (HERE / "exercises" / f"test_{exercise.id}.py").is_file()


@EVERY_CRITERION
def test_a_criterion_says_what_is_expected_why_and_what_to_do(criterion: Criterion) -> None:
    for text in (criterion.title, criterion.fault, criterion.reference):
        assert text.strip() == text != ""
    for sentence in (criterion.expectation, criterion.cue, criterion.basis):
        assert sentence.strip().endswith((".", "!"))


@EVERY_CRITERION
def test_a_criterion_speaks_its_own_words(criterion: Criterion) -> None:
    c = criterion
    spoken = (c.title, c.expectation, c.fault, c.cue, c.basis, c.reference)
    assert [run for text in spoken for run in _copied(text)] == []


def test_no_file_of_the_program_copies_the_source() -> None:
    files = [path for path in SOURCES.rglob("*") if path.suffix in WRITTEN]
    files += [*HERE.parent.glob("*.md"), *(HERE.parent / "docs").glob("*.md")]
    assert {str(path): runs for path in files if (runs := _copied(path.read_text(encoding="utf-8")))} == {}


@EVERY_CRITERION
def test_bands_are_finite_in_order_and_meet(criterion: Criterion) -> None:
    bands = (criterion.bands.good, *criterion.bands.minor)
    edges = [edge for band in bands for edge in (band.low, band.high) if edge is not None]
    assert np.isfinite(edges).all()
    for band in bands:
        assert band.low is None or band.high is None or band.low < band.high
    for band in criterion.bands.minor:
        assert _meet(band, criterion.bands.good), "a minor fault begins where good ends"


def _meet(one: Band, other: Band) -> bool:
    return (one.low is not None and one.low == other.high) or (one.high is not None and one.high == other.low)


@EVERY_CRITERION
def test_a_value_further_from_good_is_never_judged_milder(criterion: Criterion) -> None:
    bands = criterion.bands
    spread = 1.0 + max(abs(e) for b in (bands.good, *bands.minor) for e in (b.low, b.high) if e is not None)
    for edge, away in ((bands.good.high, 1.0), (bands.good.low, -1.0)):
        if edge is not None:
            path = edge + away * spread * np.linspace(0.0, 3.0, 301)
            ranks = [SEVERITY[bands.status_of(value)] for value in path]
            assert all(before <= after for before, after in pairwise(ranks))
            assert ranks[0] == 0 < ranks[1]


@EVERY_CRITERION
def test_the_angle_that_shows_a_reading_can_be_drawn_and_is_one(criterion: Criterion) -> None:
    if criterion.angle is None:
        return
    unit = Unit.RATIO if criterion.angle.name == BODY_LINE else Unit.DEGREES
    assert criterion.unit is unit
    assert hint_of(criterion.angle.name)


@EVERY_CRITERION
def test_what_may_be_told_fits_the_kind(criterion: Criterion) -> None:
    if criterion.kind.is_proxy:
        assert criterion.worst is Status.MINOR, "what cannot be seen itself is never a major fault"
    if criterion.kind is Kind.PROGRESS:
        assert criterion.worst is not Status.MAJOR
    assert criterion.worst in {Status.INFO, Status.MINOR, Status.MAJOR}


EVERY_EXAMPLE = pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)


@cache
def _hidden(example: Example) -> Motion:
    poses = example.filmed()
    return Motion(replace(poses, visibility=np.zeros_like(poses.visibility)))


@EVERY_EXERCISE
@EVERY_EXAMPLE
def test_somebody_hidden_is_never_judged(exercise: Exercise, example: Example) -> None:
    motion = _hidden(example)
    bouts = (*exercise.find(motion), *exercise.find_anyway(motion))
    findings = [f for bout in bouts for c in exercise.criteria for f in judge(c, Performance(motion, bout))]
    assert {finding.status for finding in findings} <= {Status.NOT_ASSESSABLE, Status.INFO}


@EVERY_EXERCISE
def test_an_empty_clip_gets_no_verdict(exercise: Exercise) -> None:
    empty = unseen(next(iter(EXAMPLES.values())).filmed())
    assessment = judged(empty, Options(exercise=exercise.id)).assessment
    assert assessment.assessments == ()
    assert assessment.reason is not None
