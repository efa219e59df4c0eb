from dataclasses import replace
from pathlib import Path

from benchmarks.cameras import camera_scores, changes
from benchmarks.recognition import ClipResult
from tests.benchmarks.outcomes import answer, clip, outcome


def filmed(camera: str, **statuses: str) -> ClipResult:
    name = f"lunge-clean-camera_{camera}-3000"
    return replace(clip(), path=Path(f"{name}.mp4")), outcome(answer(statuses=statuses), case=name)


def test_each_camera_is_set_beside_the_base_camera() -> None:
    base = filmed("base", depth="good", knee="minor", trunk="good", heel="not_assessable")
    high = filmed("high", depth="major", knee="minor", trunk="not_assessable", heel="good")
    (score,) = camera_scores([base, high])
    assert (score.camera, score.performances, score.recognised) == ("high", 1, 1)
    assert (score.before, score.both, score.kept, score.turned_bad, score.lost) == (3, 2, 1, 1, 1)


def test_every_change_is_told_with_its_clip() -> None:
    base, high = filmed("base", depth="good", knee="minor", trunk="good"), filmed("high", depth="major", knee="minor")
    told = [(change.case, change.key, change.base, change.status) for change in changes([base, high])]
    name = "lunge-clean-camera_high-3000"
    assert told == [(name, "depth", "good", "major"), (name, "trunk", "good", "not_assessable")]


def test_a_camera_without_a_base_is_left_out() -> None:
    assert camera_scores([filmed("far", depth="good")]) == []
