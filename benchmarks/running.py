"""Many cases in several processes; what is done is kept, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import hashlib
import multiprocessing
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import formcheck
from benchmarks.cases import Case, ClipCase
from benchmarks.measurement import measure
from benchmarks.outcome import Outcome, from_text, to_text
from formcheck.pose.models import bundle
from formcheck.report.whole_file import write_text
from formcheck.video.content import content_sha256
from formcheck.vocabulary import ModelSize

SOURCES = (Path(formcheck.__file__).parent, Path(__file__).parent)


@dataclass(frozen=True, kw_only=True)
class Run:
    """What to run, and where outcomes are kept. With ``resume`` those of an earlier run of the same code are used."""

    cases: Sequence[Case]
    folder: Path
    model: ModelSize
    workers: int
    resume: bool


def outcomes_of(run: Run, done: Callable[[Outcome], None]) -> dict[str, Outcome]:
    """Return every case's outcome by name, in the order of the cases; ``done`` hears of each as it comes."""
    found: dict[str, Outcome] = {}
    places = {case.name: run.folder / f"{_plain(case.name)}-{key_of(case, run.model)}.json" for case in run.cases}
    missing = []
    for case in run.cases:
        if run.resume and places[case.name].is_file():
            found[case.name] = from_text(places[case.name].read_text(encoding="utf-8"))
            done(found[case.name])
        else:
            missing.append(case)
    for outcome in _measured(missing, run):
        found[outcome.case] = outcome
        if outcome.problem is None:
            write_text(to_text(outcome), places[outcome.case])
        done(outcome)
    return {case.name: found[case.name] for case in run.cases}


def _measured(cases: Sequence[Case], run: Run) -> Iterator[Outcome]:
    """Yield outcomes as they are ready. Processes are spawned: MediaPipe does not survive a fork."""
    if run.workers <= 1:
        yield from (measure(case, run.model) for case in cases)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=run.workers, mp_context=context) as pool:
        waiting: dict[Future[Outcome], Case] = {pool.submit(measure, case, run.model): case for case in cases}
        try:
            for ready in as_completed(waiting):
                error = ready.exception()
                if error is None:
                    yield ready.result()
                else:
                    yield Outcome(case=waiting[ready].name, problem=f"its process ended: {error}")
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def key_of(case: Case, model: ModelSize) -> str:
    """Return what an outcome depends on, in 16 hex digits: the clip, its truth, the code and the model."""
    parts = [content_sha256(case.path), formcheck.__version__, sources_sha256(), bundle(model).sha256, repr(case)]
    if isinstance(case, ClipCase):
        parts.append(content_sha256(case.truth))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def sources_sha256() -> str:
    """Return the checksum of the code that measures and of the code that is measured."""
    digest = hashlib.sha256()
    for folder in SOURCES:
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name)
