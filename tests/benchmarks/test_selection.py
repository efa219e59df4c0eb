from dataclasses import replace

from benchmarks.cases import CAMERAS, ClipCase
from benchmarks.selection import spread
from tests.benchmarks.outcomes import clip


def cases() -> list[ClipCase]:
    lunges = [clip("l1", must=("depth",)), replace(clip("l2"), view="front"), clip("l3")]
    knees = [clip("k1", exercise="high_knees"), clip("k2", exercise="high_knees", must=("lift",))]
    return [*lunges, *knees, replace(clip("camera"), group=CAMERAS)]


def test_every_exercise_comes_once_before_any_comes_twice() -> None:
    names = [case.name for case in spread(cases(), 10)]
    assert names == ["l3", "k2", "l1", "k1", "l2"]


def test_more_clips_contain_those_of_fewer() -> None:
    assert spread(cases(), 4)[:2] == spread(cases(), 2)
