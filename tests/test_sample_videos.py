"""The whole program on the clips of ``sample_videos/``, as a user runs it: installed command, default options."""

import csv
import json
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import av
import jsonschema
import pytest

SAMPLES = Path(__file__).resolve().parent.parent / "sample_videos"
EXPECTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
DRILLS = {"high_knees", "butt_kicks"}


@dataclass(frozen=True, kw_only=True)
class Run:
    """One finished run of ``formcheck analyze`` on a sample."""

    sample: Path
    expected: dict[str, Any]
    process: subprocess.CompletedProcess[str]
    folder: Path

    @property
    def result(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.folder / "result.json").read_text(encoding="utf-8"))
        return content

    @property
    def assessment(self) -> dict[str, Any]:
        """The only assessment of the clip: each sample shows one exercise."""
        (only,) = self.result["assessments"]
        assert isinstance(only, dict)
        return only

    def keys_with(self, *statuses: str) -> set[str]:
        return {finding["key"] for finding in self.assessment["criteria"] if finding["status"] in statuses}


@pytest.fixture(
    scope="module",
    # One worker keeps all tests of a clip, so that each clip is analysed once.
    params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in sorted(EXPECTED)],
)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    name: str = request.param
    place = tmp_path_factory.mktemp("sample")
    command = [str(Path(sys.executable).with_name("formcheck")), "analyze", str(SAMPLES / name)]
    surroundings = {**os.environ, "XDG_CACHE_HOME": str(place / "cache"), "COLUMNS": "120"}
    process = subprocess.run(
        command, cwd=place, env=surroundings, capture_output=True, text=True, timeout=300, check=False
    )
    folder = place / "formcheck-results" / Path(name).stem
    return Run(sample=SAMPLES / name, expected=EXPECTED[name], process=process, folder=folder)


def frame_times(path: Path) -> list[float]:
    """Return the time of every frame of a video, in seconds from the first."""
    with av.open(str(path)) as container:
        times = sorted(float(frame.time) for frame in container.decode(video=0))
    return [time - times[0] for time in times]


def test_every_sample_has_an_expectation_and_a_line_in_the_readme() -> None:
    clips = {path.name for path in SAMPLES.glob("*.mp4")}
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert clips == set(EXPECTED)
    assert all(f"`{name}`" in readme for name in clips)


def test_the_run_ends_well_and_says_nothing_alarming(run: Run) -> None:
    assert run.process.returncode == 0, run.process.stderr
    assert "Traceback" not in run.process.stderr
    assert run.process.stdout.strip()


def test_the_exercise_is_recognised(run: Run) -> None:
    exercise = run.assessment["exercise"]
    assert exercise["id"] == run.expected["exercise"]
    assert exercise["chosen_by"] == "recognised"


def test_the_view_is_told(run: Run) -> None:
    assert run.assessment["view"]["name"] == run.expected["view"]


def test_the_repetitions_are_counted(run: Run) -> None:
    counted = len(run.assessment["repetitions"])
    tolerance = 1 if run.expected["exercise"] in DRILLS else 0
    assert abs(counted - run.expected["repetitions"]) <= tolerance


def test_the_injected_fault_is_reported(run: Run) -> None:
    wanted = set(run.expected["must_report_one_of"])
    reported = run.keys_with("minor", "major")
    assert not wanted or wanted & reported
    assert set(run.assessment["pitfalls"]) == reported


def test_nothing_else_is_called_a_major_fault(run: Run) -> None:
    assert run.keys_with("major") <= set(run.expected["may_report"])


def test_the_terminal_names_the_worst_fault(run: Run) -> None:
    spoken = " ".join(run.process.stdout.split())
    worst = run.assessment["pitfalls"][:1]
    cues = [finding["cue"] for finding in run.assessment["criteria"] if finding["key"] in worst]
    assert not cues or any(" ".join(cue.split()) in spoken for cue in cues)


def test_the_result_obeys_its_published_schema(run: Run) -> None:
    schema = json.loads(resources.files("formcheck.report").joinpath("result.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(run.result)


def test_the_angle_table_has_one_row_a_frame(run: Run) -> None:
    with (run.folder / "angles.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    times = [float(row["time_s"]) for row in rows]
    assert len(rows) == run.result["clips"][0]["frames"]
    assert all(math.isclose(row, true, abs_tol=0.001) for row, true in zip(times, frame_times(run.sample), strict=True))


def test_the_annotated_video_plays_in_a_browser_and_keeps_the_frame_times(run: Run) -> None:
    annotated = run.folder / "annotated.mp4"
    with av.open(str(annotated)) as container:
        codec = container.streams.video[0].codec_context
        assert (codec.name, codec.pix_fmt) == ("h264", "yuv420p")
    written, original = frame_times(annotated), frame_times(run.sample)
    assert len(written) == len(original)
    assert all(math.isclose(ours, theirs, abs_tol=0.002) for ours, theirs in zip(written, original, strict=True))


def test_nothing_but_the_result_files_is_left_behind(run: Run) -> None:
    assert {path.name for path in run.folder.iterdir()} <= {"result.json", "angles.csv", "report.html", "annotated.mp4"}
    assert {"result.json", "angles.csv", "annotated.mp4"} <= {path.name for path in run.folder.iterdir()}
