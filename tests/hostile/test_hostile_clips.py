"""Every clip of the corpus through the real command line: a right verdict or one clear sentence, in time, in little
memory, and nothing half written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import pytest
from tests.hostile.corpus import CASES, LARGEST_MB, NAMES, Case, Fate
from tests.hostile.filming import EXERCISE, STEPS_PER_SECOND, film
from tests.processes import SOURCES

LONGEST_SECONDS = 120
"""A busy machine with two cores included: alone, each takes at most ten."""

WITH_PEAK = """
import atexit, re
from pathlib import Path
def tell(path=Path({peak!r})):
    path.write_text(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
atexit.register(tell)
from formcheck.cli import main
main()
"""
"""The peak of a child as its parent sees it is never less than the parent's own, so the child tells it."""

OWN_FILES = {"result.json", "angles.csv", "report.html", "annotated.mp4"}


@dataclass(frozen=True)
class Run:
    """A finished call of ``formcheck analyze`` in ``folder``."""

    folder: Path
    code: int
    said: str
    complained: str
    peak_mb: float

    @property
    def results(self) -> list[dict[str, Any]]:
        found = sorted((self.folder / "formcheck-results").glob("*/result.json"))
        return [json.loads(path.read_text(encoding="utf-8")) for path in found]


def analyze(folder: Path, *arguments: str) -> Run:
    peak = folder / ".peak"
    finished = subprocess.run(
        [sys.executable, "-c", WITH_PEAK.format(peak=str(peak)), "analyze", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=LONGEST_SECONDS,
        env={
            **os.environ,
            "PYTHONPATH": str(SOURCES),
            "PYTHONIOENCODING": "utf-8",
            "FORMCHECK_CACHE_DIR": str(folder / ".cache"),
        },
    )
    peak_mb = int(peak.read_text()) / 1024
    return Run(folder, finished.returncode, finished.stdout, finished.stderr, peak_mb)


def check_nothing_is_half_done(run: Run) -> None:
    for place in (run.folder / "formcheck-results").glob("*"):
        files = {path.name for path in place.iterdir()}
        assert files <= OWN_FILES
        assert {"result.json", "angles.csv"} <= files
        if "annotated.mp4" in files:
            with av.open(str(place / "annotated.mp4")) as container:
                assert sum(1 for _ in container.decode(video=0)) > 1


def check_verdict(run: Run, case: Case) -> None:
    (result,) = run.results
    found = [a for a in result["assessments"] if a["exercise"]["id"] == EXERCISE]
    assert len(found) == len(result["assessments"]) >= 1
    counted = sum(len(assessment["repetitions"]) for assessment in found)
    assert counted == pytest.approx(case.seconds * STEPS_PER_SECOND, abs=case.slack)
    assert all(f["status"] != "major" for assessment in found for f in assessment["criteria"])


def check_sentence(run: Run) -> None:
    (sentence,) = run.complained.splitlines()
    assert sentence.endswith(".")
    assert len(sentence) < 400
    assert all(result["status"] == "not_assessable" for result in run.results)
    assert not list(run.folder.glob("formcheck-results/*/annotated.mp4"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_hostile_clip_gives_the_right_verdict_or_one_clear_sentence(case: Case, tmp_path: Path) -> None:
    case.make(tmp_path / case.name)

    run = analyze(tmp_path, *case.options, "--", case.name)

    assert "Traceback" not in run.complained
    assert "no fault of the clip" not in run.complained
    assert run.code in {Fate.VERDICT: {0}, Fate.SENTENCE: {1}, Fate.EITHER: {0, 1}}[case.fate], run.complained
    assert run.peak_mb <= case.most_mb
    check_nothing_is_half_done(run)
    if run.code == 1:
        check_sentence(run)
    elif case.fate is Fate.VERDICT:
        check_verdict(run, case)


def test_a_clip_of_any_name_gives_its_verdict(tmp_path: Path) -> None:
    content = film(tmp_path / "run.mp4").read_bytes()
    (tmp_path / "run.mp4").unlink()
    for name in NAMES:
        (tmp_path / name).write_bytes(content)

    run = analyze(tmp_path, "--", *NAMES)

    assert (run.code, run.complained) == (0, "")
    assert {result["clips"][0]["name"] for result in run.results} == set(NAMES)
    assert all(result["assessments"][0]["exercise"]["id"] == EXERCISE for result in run.results)
    assert run.peak_mb <= LARGEST_MB
    check_nothing_is_half_done(run)
