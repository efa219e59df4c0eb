"""The command behind ``benchmarks/accuracy.py``: options in, tables out."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

import formcheck
from benchmarks.cases import Case, CasesError, of_exercises, read_clips, read_tracks
from benchmarks.footage import footage
from benchmarks.outcome import Outcome
from benchmarks.recognition import said
from benchmarks.report_files import write_report
from benchmarks.results import results_of
from benchmarks.running import Run, outcomes_of, sources_sha256
from benchmarks.sections import sections
from benchmarks.tables import FILE_COLUMNS, print_tables
from benchmarks.targets import all_targets
from formcheck import exercises
from formcheck.errors import FormcheckError
from formcheck.vocabulary import ModelSize

DEFAULT_OUTPUT = Path(__file__).resolve().parent / "results" / "accuracy"
OUTCOMES = "cases"


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure formcheck against ground truth.")
    parser.add_argument("--clips", type=Path, metavar="DIR", help="clips with a manifest.json or an expected.json")
    parser.add_argument("--tracks", type=Path, metavar="DIR", help="landmark tracks with a labels.json")
    parser.add_argument("--exercises", metavar="A,B", help="only clips and tracks of these exercises")
    parser.add_argument("--catalogue", action="store_true", help="list the exercises that formcheck knows, and stop")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="processes (all cores)")
    parser.add_argument("--model", type=ModelSize, choices=list(ModelSize), default=ModelSize.FULL, help="pose model")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUTPUT, metavar="DIR", help="where the results go")
    parser.add_argument("--resume", action="store_true", help="use outcomes of an earlier run of the same code")
    return parser.parse_args(arguments)


def cases_of(options: argparse.Namespace) -> list[Case]:
    """Return what the options ask for.

    Raises
    ------
    CasesError
        Where there is nothing to run on.
    """
    clips: list[Case] = [*read_clips(options.clips)] if options.clips else []
    tracks: list[Case] = [*read_tracks(options.tracks)] if options.tracks else []
    cases = clips + tracks
    if options.exercises:
        cases = of_exercises(cases, frozenset(options.exercises.split(",")))
    if not cases:
        raise CasesError("There is nothing to measure: name --clips DIR, --tracks DIR or both, and exercises in them.")
    if missing := [path for case in cases for path in case.files if not path.is_file()]:
        raise CasesError(f"{len(missing)} files are missing, such as {missing[0]}: complete the folder.")
    if len({case.name for case in cases}) < len(cases):
        raise CasesError("Two clips or tracks have the same name: rename one of them.")
    return cases


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write; return the exit code: 1 where a case failed, 2 where the call is wrong."""
    options = parsed(arguments)
    if options.catalogue:
        print("\n".join(exercises.load_all()))
        return 0
    started = time.monotonic()
    try:
        cases = cases_of(options)
        folder = options.out / OUTCOMES
        run = Run(cases=cases, folder=folder, model=options.model, workers=options.workers, resume=options.resume)
        outcomes = outcomes_of(run, teller(len(cases)))
    except (CasesError, FormcheckError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    results = results_of(cases, outcomes)
    tables = sections(results)
    conditions: dict[str, object] = {
        "formcheck": formcheck.__version__,
        "sources": sources_sha256()[:16],
        "model": options.model.value,
        "clips": len(results.clips),
        "clips by other cameras": len(results.cameras),
        "tracks": len(results.tracks),
        "exercises known": len(results.catalogue),
        **footage([case for case, _ in results.clips]),
        "seconds": round(time.monotonic() - started),
    }
    print_tables(tables, Console(width=None if sys.stdout.isatty() else FILE_COLUMNS))
    write_report("Accuracy", tables, all_targets(results), conditions, options.out)
    print(f"Written to {options.out}")
    return 1 if any(outcome.problem is not None for outcome in outcomes.values()) else 0


def teller(cases: int) -> Callable[[Outcome], None]:
    """Return what says on standard error how far the run is."""
    done = 0

    def tell(outcome: Outcome) -> None:
        nonlocal done
        done += 1
        print(f"{done} of {cases}: {outcome.case}: {said(outcome)}", file=sys.stderr)

    return tell
