"""Batches with a pretended pipeline, in this process and in one that can be stopped and killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.batch.pretended import begun, work

from formcheck.analysis import Options
from formcheck.batch.run import Batch, Planned, Result, run
from formcheck.batch.task import Outcome
from formcheck.report.folder import Outputs

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 20.0
PROGRAM = """
import sys
from formcheck.batch.run import Batch
from formcheck.cli import main
from tests.batch.pretended import work
Batch.__init__.__kwdefaults__["work"] = work
sys.argv[0] = "formcheck"
main()
"""


class Silent:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.already = 0
        self.tables_told = False
        self.done: list[str] = []

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)

    def planned(self, plan: Sequence[Planned], already: Mapping[int, Outcome]) -> None:
        self.plan, self.already = plan, len(already)

    def started(self, number: int) -> None:
        pass

    def finished(self, number: int, outcome: Outcome) -> None:
        self.done.append(self.plan[number].clip.path.name)

    def tabled(self) -> None:
        self.tables_told = True


def clips(folder: Path, *names: str) -> Path:
    """Make files of these names, each with a content of its own, and return their folder."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.fsencode(name))
    return folder


def batch(places: Path | Sequence[str], output: Path, teller: Silent | None = None, **more: Any) -> Result:
    asked = Batch(
        places=(str(places),) if isinstance(places, Path) else tuple(places),
        output=output,
        **{
            "options": Options(),
            "outputs": Outputs(video=False, page=False),
            "workers": 2,
            "work": work,
            **more,
        },
    )
    return run(asked, teller or Silent())


def command(*arguments: str) -> subprocess.Popen[str]:
    """Start ``formcheck batch`` on the pretended pipeline."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "batch", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        start_new_session=True,
    )


def wait_for(folder: Path, name: str) -> None:
    """Wait until a clip of that name has been begun."""
    until = time.monotonic() + PATIENCE_S
    while name not in begun(folder):
        if time.monotonic() > until:
            raise TimeoutError(f"{name} was never begun")
        time.sleep(0.02)


def tables(output: Path) -> dict[str, bytes]:
    return {name: (output / name).read_bytes() for name in ("summary.csv", "summary.parquet", "failures.csv")}
