"""The same clips go through every pose model."""

from pathlib import Path

import pytest
from benchmarks.cases import Case
from benchmarks.models_command import main
from benchmarks.outcome import Outcome
from tests.benchmarks.outcomes import answer

from benchmarks import models_command, running
from formcheck.vocabulary import ModelSize

SAMPLES = Path(__file__).resolve().parents[2] / "sample_videos"


def test_every_model_gets_a_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[str, ModelSize]] = []

    def measure(case: Case, model: ModelSize) -> Outcome:
        asked.append((case.name, model))
        return Outcome(case=case.name, answers=(answer(getattr(case, "exercise", "")),))

    monkeypatch.setattr(running, "measure", measure)
    monkeypatch.setattr(models_command, "processor_ms", lambda clip, model: 10.0)
    assert main(["--clips", str(SAMPLES), "--take", "2", "--workers", "1", "--out", str(tmp_path)]) == 0
    assert {model for _, model in asked} == set(ModelSize)
    assert len({name for name, _ in asked}) == 2
    rows = (tmp_path / "models.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["lite", "full", "heavy"]


def test_a_folder_without_clips_is_told_in_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--clips", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
