"""Whole processes are timed; what is missing is told."""

import sys
from pathlib import Path

import pytest
from benchmarks.timing import BenchmarkError, Spent, Timings, main, spent, tables_of

from benchmarks import timing


def runs(*walls: float) -> tuple[Spent, ...]:
    return tuple(Spent(wall=wall, cpu=0.5 * wall) for wall in walls)


def test_a_process_is_timed_to_its_end(tmp_path: Path) -> None:
    found = spent([sys.executable, "-c", "import time; time.sleep(0.3)"], cache=tmp_path)
    assert found.wall >= 0.3
    assert 0.0 < found.cpu < found.wall


def test_the_cache_folder_is_the_benchmarks_own(tmp_path: Path) -> None:
    look = "import os, sys; sys.exit(os.environ['FORMCHECK_CACHE_DIR'] != sys.argv[1])"
    spent([sys.executable, "-c", look, str(tmp_path)], cache=tmp_path)


def test_a_process_that_fails_is_told_with_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="ended with 3: it broke"):
        spent([sys.executable, "-c", "import sys; print('it broke', file=sys.stderr); sys.exit(3)"], cache=tmp_path)


def test_the_ratio_is_the_median_over_pairs_so_that_one_disturbed_pair_does_not_count() -> None:
    timings = Timings(bare=runs(10, 10, 20), ours=runs(7, 30, 14), cached=runs(1.5), helped=runs(0.7))
    assert timings.ratio == pytest.approx(0.7)
    assert timings.cpu_ratio == pytest.approx(0.7)
    _, targets = tables_of(timings, 24.0)
    assert [row[-1] for row in targets.rows] == [True, True, False]


def test_a_missing_model_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(timing, "UNPRUNED", tmp_path / "pose_landmarker_full.task")
    assert main(["--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert "make models" in said
    assert said.count("\n") == 1
