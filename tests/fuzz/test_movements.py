"""Whatever is seen, something sound is said of it: no failure, and no number that is none."""

from __future__ import annotations

import io
import math
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from tests.fuzz.effort import examples
from tests.fuzz.scenes import SCENES, Scene

from formcheck import analysis, exercises
from formcheck.analysis import Analysis, Options
from formcheck.assessment import ExerciseAssessment
from formcheck.criteria.model import Finding
from formcheck.pose.following import TRACK_TICK_SECONDS, Followed
from formcheck.report.angles_csv import write_angles
from formcheck.report.json_file import json_text, result_schema, to_json
from formcheck.report.page import render
from formcheck.report.text import print_verdict
from formcheck.video.clip import ClipInfo
from formcheck.video.timeline import frame_rate, has_variable_rate, median_interval
from formcheck.vocabulary import Context, Side, Status

NOT_A_NUMBER = re.compile(r"(?<![\w-])([Nn]a[Nn]|[Ii]nf(inity)?|None)(?![\w-])")
OPTIONS = st.builds(
    Options,
    exercise=st.none() | st.sampled_from(sorted(exercises.load_all())),
    side=st.none() | st.sampled_from(Side),
    context=st.none() | st.sampled_from(Context),
)
SCHEMA = jsonschema.Draft202012Validator(result_schema())


def analysed(scenes: list[Scene], options: Options) -> Analysis:
    """Run the whole analysis on what the detector would have seen; several scenes are views of one performance."""
    seen = {f"{number}.mp4": followed(scene, number) for number, scene in enumerate(scenes)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis, "follow", lambda path, _model, **_more: seen[path.name])
        return analysis.analyse([Path(name) for name in seen], options)


def followed(scene: Scene, number: int) -> Followed:
    poses = scene.poses()
    interval_s = median_interval(poses.time_s) if len(poses) > 1 else 0.04
    clip = ClipInfo(
        name=f"{number}.mp4",
        path=f"{number}.mp4",
        sha256="0" * 64,
        duration_s=float(poses.time_s[-1]) + interval_s,
        frames=len(poses),
        fps=frame_rate(poses.time_s),
        width=poses.width,
        height=poses.height,
        variable_frame_rate=has_variable_rate(poses.time_s, tick_s=TRACK_TICK_SECONDS),
    )
    return Followed(clip=clip, poses=poses, is_track=True, warnings=())


def check_finding(found: Finding) -> None:
    judged = found.status is not Status.NOT_ASSESSABLE
    assert judged == (found.value is not None) == (found.reason is None), found.criterion.key
    for number in (found.value, found.standard_error, found.share_of_repetitions):
        assert number is None or math.isfinite(number), found.criterion.key
    assert 0.0 <= found.confidence <= 1.0
    assert all(math.isfinite(each.value) and math.isfinite(each.time_s) for each in found.evidence)


def check_numbers(found: ExerciseAssessment) -> None:
    for finding in found.criteria:
        check_finding(finding)
    assert found.score is None or 0.0 <= found.score <= 100.0
    assert 0.0 <= found.coverage <= 1.0 + 1e-9
    assert found.start_s <= found.end_s
    assert math.isfinite(found.view.yaw_degrees)
    assert all(each.start_s <= each.end_s for each in found.repetitions)
    assert all(each.start_s <= each.end_s for each in found.holds)


def check_renderings(made: Analysis, folder: Path) -> None:
    document = to_json(made.assessment)
    SCHEMA.validate(document)
    assert json_text(document)
    text = io.StringIO()
    print_verdict(made.assessment, Console(file=text, width=80))
    assert not NOT_A_NUMBER.search(text.getvalue()), text.getvalue()
    page = render(made.assessment, made.recordings, None)
    assert "NaN" not in re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
    for number, recording in enumerate(made.recordings):
        write_angles(recording, folder / f"{number}.csv")
        assert len((folder / f"{number}.csv").read_text().splitlines()) == len(recording.poses) + 1


def check(made: Analysis, folder: Path) -> None:
    for found in made.assessment.assessments:
        check_numbers(found)
    assert (made.assessment.reason is None) == bool(made.assessment.assessments)
    check_renderings(made, folder)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@examples(12)
@given(scene=SCENES, options=OPTIONS)
def test_every_clip_gets_a_sound_verdict_or_a_reason(
    scene: Scene, options: Options, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check(analysed([scene], options), tmp_path_factory.mktemp("results"))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@examples(3)
@given(scenes=st.lists(SCENES, min_size=2, max_size=3), options=OPTIONS)
def test_several_views_get_a_sound_verdict_or_a_reason(
    scenes: list[Scene], options: Options, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check(analysed(scenes, options), tmp_path_factory.mktemp("results"))
