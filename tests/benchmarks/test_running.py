"""Runs that were stopped go on where they were, and nothing that failed is kept."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.agreement import Agreement
from benchmarks.cases import Case, TrackCase
from benchmarks.outcome import Outcome, from_text, to_text
from benchmarks.running import Run, key_of, outcomes_of
from tests.benchmarks.outcomes import BENT, answer, outcome, track

from benchmarks import running
from formcheck.vocabulary import ModelSize


@pytest.fixture
def cases(tmp_path: Path) -> list[TrackCase]:
    places = [tmp_path / "one.npz", tmp_path / "two.npz"]
    for place in places:
        place.write_bytes(place.name.encode())
    return [replace(track("lunge"), path=place) for place in places]


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the cases that are really measured; the one called two fails."""
    names: list[str] = []

    def measure(case: Case, model: ModelSize) -> Outcome:
        names.append(case.name)
        return Outcome(case=case.name, problem="it broke" if case.name == "two" else None)

    monkeypatch.setattr(running, "measure", measure)
    return names


def run_of(cases: list[TrackCase], folder: Path, *, resume: bool = True) -> Run:
    return Run(cases=cases, folder=folder, model=ModelSize.FULL, workers=1, resume=resume)


def test_a_second_run_does_only_what_is_missing_or_failed(
    cases: list[TrackCase], measured: list[str], tmp_path: Path
) -> None:
    heard: list[str] = []
    for _ in range(2):
        found = outcomes_of(run_of(cases, tmp_path / "kept"), lambda outcome: heard.append(outcome.case))
        assert list(found) == ["one", "two"]
        assert found["two"].problem == "it broke"
    assert measured == ["one", "two", "two"]
    assert heard == ["one", "two", "one", "two"]


def test_without_resume_everything_is_measured_again(
    cases: list[TrackCase], measured: list[str], tmp_path: Path
) -> None:
    for _ in range(2):
        outcomes_of(run_of(cases[:1], tmp_path / "kept", resume=False), lambda outcome: None)
    assert measured == ["one", "one"]


def test_another_content_label_or_model_is_another_case(cases: list[TrackCase]) -> None:
    first = cases[0]
    keys = {key_of(first, ModelSize.FULL), key_of(first, ModelSize.LITE), key_of(cases[1], ModelSize.FULL)}
    keys.add(key_of(replace(first, accept=("none",)), ModelSize.FULL))
    assert len(keys) == 4


def test_an_outcome_comes_back_from_its_file_as_it_was() -> None:
    full = replace(
        outcome(answer(statuses={"depth": "minor"}, holds=(1.5,)), given=(answer("lunge"),), fault=BENT),
        angles={("knee", "near"): Agreement.of(np.array([1.0, np.nan]))},
        landmarks={("knee", "near", "up"): Agreement.of(np.array([0.1]))},
    )
    assert from_text(to_text(full)) == full
