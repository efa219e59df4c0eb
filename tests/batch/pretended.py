"""What stands for the pipeline in a worker: a clip's name says what becomes of it, a line in a log that it began."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from pathlib import Path

from formcheck.analysis import Options
from formcheck.batch.rows import HOLD_SECONDS, RECORDED_AT
from formcheck.batch.task import Outcome, Task
from formcheck.errors import InstallationError, UsageError
from formcheck.report.folder import Outputs
from formcheck.report.json_file import storable

LOG = "begun.log"
ROW = {
    "exercise": "high_knees",
    "confidence": 0.9,
    "view": "side",
    "start_s": 0.5,
    "end_s": 9.5,
    "score": 87.5,
    "coverage": 0.8,
    "reps": 12,
    "reps_left": 6,
    "reps_right": 6,
    "pitfalls": "cadence",
    "strengths": "",
    "cadence": "major",
    "cadence_value": 140.0,
    RECORDED_AT: "2026-05-02T10:00:00+00:00",
    HOLD_SECONDS: [],
}


def task(path: Path, output: Path | None = None, sha256: str | None = "0" * 64) -> Task:
    folder = (output or path.parent / "out") / path.stem
    return Task(path=path, sha256=sha256, folder=folder, options=Options(), outputs=Outputs())


def begun(folder: Path) -> list[str]:
    """Return the names of the clips that were begun, in that order."""
    log = folder / LOG
    return log.read_text().splitlines() if log.exists() else []


def stumble(task: Task) -> None:
    """Die the first time, and the second time write down which workers there are."""
    if not (stumbled := task.path.with_suffix(".stumbled")).exists():
        stumbled.touch()
        os._exit(3)
    task.path.with_suffix(".beside").write_text(" ".join(workers_of(os.getppid()) - {str(os.getpid())}))


def workers_of(process: int) -> set[str]:
    """Return the process ids of the workers below a process."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return {child for child in children if b"batch.worker" in Path(f"/proc/{child}/cmdline").read_bytes()}


def work(task: Task, source: Path | None = None, folder: Path | None = None) -> Outcome:
    name = task.path.name
    with (task.path.parent / LOG).open("ab") as log:
        log.write(os.fsencode(f"{name}\n"))
    misbehave(name, task)
    if "vanish" in name:
        shutil.rmtree(task.folder.parent)
    where = folder or task.folder
    where.mkdir(parents=True, exist_ok=True)
    content = (source or task.path).read_bytes() if (source or task.path).exists() else b""
    stored = {"clips": [{"path": storable(str(task.path))}], "content": content.hex()}
    (where / "result.json").write_text(json.dumps(stored))
    if "empty" in name:
        return Outcome(files=("result.json",), code="nobody_in_view", message="Nobody is in view. Film somebody.")
    return Outcome(rows=({**ROW},), files=("result.json",))


def misbehave(name: str, task: Task) -> None:
    if "slow" in name:
        time.sleep(0.3)
    if "crash" in name:
        os._exit(3)
    if "killed" in name:
        task.folder.mkdir(parents=True, exist_ok=True)
        (task.folder / ".formcheck-abcd1234").mkdir(exist_ok=True)
        os.kill(os.getpid(), signal.SIGKILL)
    if "stumble" in name:
        stumble(task)
    if "hang" in name:
        time.sleep(600)
    if "raise" in name:
        raise ZeroDivisionError("division by zero")
    if "memory" in name:
        raise MemoryError
    if "full" in name:
        raise UsageError("Cannot write the folder: the disk is full.")
    if "uninstalled" in name:
        raise InstallationError("The pose model is missing: install formcheck again.")
