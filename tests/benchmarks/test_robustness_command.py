"""What a user of the robustness benchmark can get wrong, and what it writes."""

from pathlib import Path

import pytest
from benchmarks.cases import Case
from benchmarks.degraded_clips import Order
from benchmarks.outcome import Outcome
from benchmarks.robustness_command import main
from tests.benchmarks.outcomes import answer

from benchmarks import robustness_command, running
from formcheck.vocabulary import ModelSize

SAMPLES = Path(__file__).resolve().parents[2] / "sample_videos"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--degradations", "fog"], "fog", id="an unknown degradation"),
        pytest.param(["--take", "1"], "at least 2", id="a single clip"),
    ],
)
def test_a_wrong_call_is_told_in_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--clips", str(SAMPLES), "--out", str(tmp_path), *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_before_and_after_become_tables(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure(case: Case, model: ModelSize) -> Outcome:
        status = "minor" if "--dark" in case.name else "good"
        return Outcome(case=case.name, answers=(answer(getattr(case, "exercise", ""), statuses={"depth": status}),))

    monkeypatch.setattr(running, "measure", measure)
    monkeypatch.setattr(robustness_command, "write_missing", lambda wanted, workers: touched(wanted))
    arguments = ["--clips", str(SAMPLES), "--take", "2", "--degradations", "dark,mirrored", "--workers", "1"]
    assert main([*arguments, "--out", str(tmp_path)]) == 0
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "### Criteria that a degradation changes" in text
    assert {"degraded_clips.csv", "results.json", "targets.csv"} <= {path.name for path in tmp_path.iterdir()}
    assert "Written to" in capsys.readouterr().out


def touched(wanted: list[Order]) -> None:
    for order in wanted:
        order.case.path.parent.mkdir(parents=True, exist_ok=True)
        order.case.path.write_bytes(order.case.name.encode())
