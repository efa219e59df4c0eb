"""The command behind ``benchmarks/models.py``: the same clips with every pose model."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console

import formcheck
from benchmarks.angle_summary import SIDE_VIEW, angle_rows
from benchmarks.cases import CasesError, ClipCase, read_clips
from benchmarks.command import OUTCOMES, teller
from benchmarks.counts import counts
from benchmarks.faults import demands, judged_for_precision, reports
from benchmarks.headline import HEADLINE_JOINTS
from benchmarks.recognition import is_right
from benchmarks.report_files import write_report
from benchmarks.results import Results, results_of
from benchmarks.running import Run, outcomes_of, sources_sha256
from benchmarks.selection import spread
from benchmarks.tables import FILE_COLUMNS, Cell, Table, print_tables
from formcheck.errors import FormcheckError
from formcheck.pose.following import follow
from formcheck.pose.models import bundle
from formcheck.vocabulary import ModelSize

DEFAULT_OUTPUT = Path(__file__).resolve().parent / "results" / "models"


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare the pose models on the same clips.")
    parser.add_argument("--clips", type=Path, metavar="DIR", required=True, help="clips with ground truth")
    parser.add_argument("--take", type=int, default=10, metavar="N", help="how many clips from the side (10)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="processes (all cores)")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUTPUT, metavar="DIR", help="where the results go")
    parser.add_argument("--resume", action="store_true", help="use outcomes of an earlier run of the same code")
    return parser.parse_args(arguments)


def chosen_clips(folder: Path, wanted: int) -> list[ClipCase]:
    """Return clips filmed from the side, different exercises first.

    Raises
    ------
    CasesError
        Where there is none.
    """
    cases = spread([case for case in read_clips(folder) if case.view == SIDE_VIEW], wanted)
    if not cases:
        raise CasesError(f"No clip of {folder} was chosen: name a folder with clips from the side, and --take above 0.")
    return cases


def processor_ms(clip: Path, model: ModelSize) -> float:
    """Return the milliseconds of processor time that following takes a frame, decoding included."""
    started = time.process_time()
    followed = follow(clip, model, use_cache=False)
    return 1000.0 * (time.process_time() - started) / followed.clip.frames


def tables_of(found: Mapping[ModelSize, Results], costs: Mapping[ModelSize, float]) -> Iterator[Table]:
    yield Table(
        title="Models",
        columns=(
            "model", "file MB", "processor ms a frame", "clips", "recognised", "counted exactly", "with repetitions",
            "faults reported", "faults", "false alarms",
        ),
        rows=tuple(_row(model, results, costs[model]) for model, results in found.items()),
        note="Processor time of one clip, start-up of the model included.",
    )  # fmt: skip
    yield Table(
        title="Angles by model",
        columns=("angle", *(model.value for model in found)),
        rows=tuple(_angles(joint, found) for joint in HEADLINE_JOINTS),
        note="Mean absolute error in degrees, near side from the side.",
        digits=2,
    )


def _row(model: ModelSize, results: Results, cost: float) -> tuple[Cell, ...]:
    right = [is_right(case, outcome, results.catalogue) for case, outcome in results.clips]
    counted, asked = counts(results), demands(results.known_clips)
    false = [r for r in judged_for_precision(reports(results.clips, results.catalogue)) if not r.allowed]
    return (
        model.value, bundle(model).path.stat().st_size / 1e6, cost, len(right), sum(right),
        sum(c.off == 0 for c in counted), len(counted), sum(d.caught for d in asked), len(asked), len(false),
    )  # fmt: skip


def _angles(joint: str, found: Mapping[ModelSize, Results]) -> tuple[Cell, ...]:
    rows = [{r.joint: r for r in angle_rows(results.clips) if r.is_near_side_view} for results in found.values()]
    return (joint, *(row[joint].mean_absolute if joint in row else None for row in rows))


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print and write; return the exit code: 1 where a clip failed, 2 where the call is wrong."""
    options = parsed(arguments)
    found: dict[ModelSize, Results] = {}
    try:
        cases = chosen_clips(options.clips, options.take)
        for model in ModelSize:
            folder = options.out / OUTCOMES / model.value
            run = Run(cases=cases, folder=folder, model=model, workers=options.workers, resume=options.resume)
            found[model] = results_of(cases, outcomes_of(run, teller(len(cases))))
        costs = {model: processor_ms(min((case.path for case in cases), key=_size), model) for model in ModelSize}
    except (CasesError, FormcheckError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    tables = list(tables_of(found, costs))
    conditions = {"formcheck": formcheck.__version__, "sources": sources_sha256()[:16], "clips": len(cases)}
    print_tables(tables, Console(width=None if sys.stdout.isatty() else FILE_COLUMNS))
    write_report("Models", tables, [], {**conditions, "of": [case.name for case in cases]}, options.out)
    print(f"Written to {options.out}")
    outcomes = [outcome for results in found.values() for _, outcome in results.clips]
    return 1 if any(outcome.problem is not None for outcome in outcomes) else 0


def _size(clip: Path) -> int:
    return clip.stat().st_size
