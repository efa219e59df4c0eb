"""What a user of the benchmark can get wrong, and what it writes."""

from pathlib import Path

import pytest
from benchmarks.cases import Case, read_clips
from benchmarks.command import main
from benchmarks.outcome import Outcome

from benchmarks import running
from formcheck import exercises
from formcheck.vocabulary import ModelSize

ROOT = Path(__file__).resolve().parents[2]
SAMPLES, NO_CLIPS = ROOT / "sample_videos", ROOT / "tests" / "data"


def test_the_catalogue_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--catalogue"]) == 0
    assert capsys.readouterr().out.split() == list(exercises.load_all())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param([], "--clips", id="nothing to measure"),
        pytest.param(["--clips", str(NO_CLIPS)], "manifest.json", id="a folder that describes no clips"),
        pytest.param(["--tracks", str(NO_CLIPS)], "labels.json", id="a folder that describes no tracks"),
        pytest.param(["--clips", str(SAMPLES), "--exercises", "yoga"], "exercises", id="an exercise of no clip"),
    ],
)
def test_a_wrong_call_is_told_in_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main([*arguments, "--out", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_truth_that_is_not_there_is_told_before_anything_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "expected.json").write_text((SAMPLES / "expected.json").read_text(encoding="utf-8"), encoding="utf-8")
    for clip in SAMPLES.glob("*.mp4"):
        (tmp_path / clip.name).symlink_to(clip)
    assert main(["--clips", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert ".truth.json.gz" in capsys.readouterr().err


def test_the_samples_are_described_by_what_is_expected_of_them() -> None:
    cases = {case.name: case for case in read_clips(SAMPLES)}
    faulty = cases["lunge_knee_past_ankle"]
    assert (faulty.exercise, faulty.view, faulty.must) == ("lunge", "side", ("knee_past_ankle",))
    assert set(faulty.must) < set(faulty.may)


def test_every_table_becomes_a_file_and_failures_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure(case: Case, model: ModelSize) -> Outcome:
        return Outcome(case=case.name, problem="it broke")

    monkeypatch.setattr(running, "measure", measure)
    arguments = ["--clips", str(SAMPLES), "--exercises", "lunge", "--workers", "1"]
    assert main([*arguments, "--out", str(tmp_path)]) == 1
    assert {"report.md", "results.json", "targets.csv", "confusion_matrix.csv"} <= {p.name for p in tmp_path.iterdir()}
    assert "it broke" in capsys.readouterr().out
