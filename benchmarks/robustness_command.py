"""The command behind ``benchmarks/robustness.py``: clips are degraded, assessed before and after, and compared."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console

import formcheck
from benchmarks.cases import CasesError, ClipCase, read_clips
from benchmarks.command import OUTCOMES, teller
from benchmarks.degradations import DEGRADATIONS
from benchmarks.degraded_clips import Order, orders, write_missing
from benchmarks.outcome import Outcome
from benchmarks.report_files import write_report
from benchmarks.running import Run, outcomes_of, sources_sha256
from benchmarks.selection import spread
from benchmarks.steadiness import (
    MIRRORED,
    PROMISED,
    Pair,
    by_degradation,
    joint_errors,
    other_answers,
    other_counts,
    robustness_targets,
    turns,
)
from benchmarks.tables import FILE_COLUMNS, Table, print_tables
from benchmarks.targets import Target
from formcheck import exercises
from formcheck.errors import FormcheckError
from formcheck.vocabulary import ModelSize

DEFAULT_OUTPUT = Path(__file__).resolve().parent / "results" / "robustness"
DEGRADED = "clips"
FEW = 12
"""Clips for degradations whose effect is only reported."""


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Degrade clips and compare formcheck's verdicts before and after.")
    parser.add_argument("--clips", type=Path, metavar="DIR", required=True, help="clips with ground truth")
    parser.add_argument(
        "--take",
        type=int,
        metavar="N",
        help=f"how many clips, different exercises first (all for what is promised, {FEW} for the rest)",
    )
    parser.add_argument("--degradations", metavar="A,B", help=f"only these of {', '.join(DEGRADATIONS)}")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="processes (all cores)")
    parser.add_argument("--model", type=ModelSize, choices=list(ModelSize), default=ModelSize.FULL, help="pose model")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUTPUT, metavar="DIR", help="where the results go")
    parser.add_argument("--resume", action="store_true", help="use outcomes of an earlier run of the same code")
    return parser.parse_args(arguments)


def chosen_degradations(names: str | None) -> list[str]:
    """Return the degradations that the option asks for.

    Raises
    ------
    CasesError
        Where one of them does not exist.
    """
    wanted = names.split(",") if names else list(DEGRADATIONS)
    if unknown := [name for name in wanted if name not in DEGRADATIONS]:
        raise CasesError(f"There is no degradation {unknown[0]!r}. Choose from: {', '.join(DEGRADATIONS)}.")
    return wanted


def chosen_clips(folder: Path, wanted: int | None) -> list[ClipCase]:
    """Return the clips to degrade, different exercises first; all for None.

    Raises
    ------
    CasesError
        Where there are fewer than two: each clip lends its athlete to another one.
    """
    cases = spread(read_clips(folder), wanted)
    if len(cases) < 2:
        raise CasesError(f"{len(cases)} clips were chosen and at least 2 are needed: name a larger folder or --take.")
    if missing := [path for case in cases for path in case.files if not path.is_file()]:
        raise CasesError(f"{len(missing)} files are missing, such as {missing[0]}: complete the folder.")
    return cases


def ordered(cases: Sequence[ClipCase], names: Sequence[str], take: int | None, folder: Path) -> list[Order]:
    """Return what to degrade: all clips as is promised of them, a few as is reported, ``take`` of either if given."""
    few = cases if take is not None else cases[:FEW]
    by_name = (orders(cases if name in (*PROMISED, MIRRORED) else few, [name], folder) for name in names)
    return [order for some in by_name for order in some]


def paired(wanted: Sequence[Order], outcomes: Mapping[str, Outcome]) -> dict[str, list[Pair]]:
    """Return each clip beside its degraded copy, by degradation."""
    found: dict[str, list[Pair]] = {}
    for order in wanted:
        before = (order.original, outcomes[order.original.name])
        found.setdefault(order.degradation, []).append((before, (order.case, outcomes[order.case.name])))
    return found


def tables_of(pairs: Mapping[str, Sequence[Pair]], targets: Sequence[Target]) -> Iterator[Table]:
    found = by_degradation(pairs, frozenset(exercises.load_all()))
    yield Table(
        title="Degraded clips",
        columns=(
            "degradation", "what", "clips", "recognised before", "recognised", "mistaken", "with repetitions",
            "same number", "with a hold", "same hold", "judged before", "judged after", "same status", "good to major",
            "same %", "not assessable %",
        ),
        rows=tuple(
            (
                name, DEGRADATIONS[name].says, s.clips, s.known, s.recognised, s.mistaken, s.counted, s.same_count,
                s.held, s.same_hold, s.before, s.both, s.kept, s.turned_bad, 100 * s.kept_share, 100 * s.lost_share,
            )
            for name, s in found.items()
        ),
        note="Against the same clips as they were. Mistaken: got a verdict for an exercise it cannot be taken for.",
    )  # fmt: skip
    yield Table(
        title="Joint angles of degraded clips",
        columns=("degradation", "joint", "mean abs before", "mean abs after", "valued after"),
        rows=tuple(
            (name, joint, before[joint].mean_absolute, after[joint].mean_absolute, f"{after[joint].coverage:.0%}")
            for name, some in pairs.items()
            if not DEGRADATIONS[name].mirrors
            for before, after in (joint_errors(some),)
            for joint in before
        ),
        note="Degrees, near side, against the truth.",
    )
    ends = ("before", "after")
    yield Table(title="Other answers", columns=("clip", "degradation", *ends), rows=tuple(other_answers(pairs)))
    yield Table(
        title="Other counts", columns=("clip", "degradation", "counted", *ends), rows=tuple(other_counts(pairs))
    )
    yield Table(
        title="Criteria that a degradation changes",
        columns=("clip", "degradation", "key", *ends),
        rows=tuple((turn.clip, turn.degradation, turn.key, turn.before, turn.after) for turn in turns(pairs)),
    )
    yield Table(
        title="Targets",
        columns=("group", "what", "measured", "needed", "met"),
        rows=tuple((t.group, t.what, t.measured, t.needed, t.met) for t in targets),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Degrade, compare, print and write; return the exit code: 1 where a clip failed, 2 where the call is wrong."""
    options = parsed(arguments)
    try:
        names = chosen_degradations(options.degradations)
        cases = chosen_clips(options.clips, options.take)
        wanted = ordered(cases, names, options.take, options.out / DEGRADED)
        write_missing(wanted, options.workers)
        everything = [*cases, *(order.case for order in wanted)]
        folder = options.out / OUTCOMES
        run = Run(cases=everything, folder=folder, model=options.model, workers=options.workers, resume=options.resume)
        outcomes = outcomes_of(run, teller(len(everything)))
    except (CasesError, FormcheckError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    pairs = paired(wanted, outcomes)
    targets = list(robustness_targets(by_degradation(pairs, frozenset(exercises.load_all()))))
    tables = [table for table in tables_of(pairs, targets) if table.rows]
    conditions = {
        "formcheck": formcheck.__version__,
        "sources": sources_sha256()[:16],
        "model": options.model.value,
        "clips": len(cases),
        "exercises": len({case.exercise for case in cases}),
        "degraded clips": len(wanted),
        "of": [case.name for case in cases],
    }
    print_tables(tables, Console(width=None if sys.stdout.isatty() else FILE_COLUMNS))
    write_report("Robustness", tables, targets, conditions, options.out)
    print(f"Written to {options.out}")
    return 1 if any(outcome.problem is not None for outcome in outcomes.values()) else 0
