"""The command behind ``benchmarks/speed.py``: whole runs of formcheck and of the bare loop, in turns."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rich.console import Console

from benchmarks.looping import write_loop
from benchmarks.tables import FILE_COLUMNS, Table, csv_text, markdown, print_tables
from formcheck.pose.cache import FOLDER_VARIABLE
from formcheck.report.whole_file import write_text

HERE = Path(__file__).resolve().parent
BARE_LOOP = HERE / "bare_loop.py"
UNPRUNED = HERE.parent / "models" / "unpruned" / "pose_landmarker_full.task"
DEFAULT_CLIP = HERE.parent / "sample_videos" / "high_knees.mp4"
DEFAULT_OUTPUT = HERE / "results" / "speed"

MOST_RATIO = 0.9
MOST_CACHED_SECONDS = 2.0
MOST_HELP_SECONDS = 0.5
LEAST_CLIP_SECONDS = 20.0
HELP_RUNS = 7


class BenchmarkError(Exception):
    """Something that a run needs is missing or fails; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Seconds of one whole process: on the clock and on all cores together."""

    wall: float
    cpu: float


@dataclass(frozen=True, kw_only=True)
class Timings:
    """All runs of a benchmark; ``bare[i]`` ran directly before ``ours[i]``, or after it."""

    bare: tuple[Spent, ...]
    ours: tuple[Spent, ...]
    cached: tuple[Spent, ...]
    helped: tuple[Spent, ...]

    @property
    def ratio(self) -> float:
        """Median over the pairs of our time on the clock by the bare loop's."""
        return median(ours.wall / bare.wall for ours, bare in zip(self.ours, self.bare, strict=True))

    @property
    def cpu_ratio(self) -> float:
        """The same of processor time, which other programs on the machine hardly change."""
        return median(ours.cpu / bare.cpu for ours, bare in zip(self.ours, self.bare, strict=True))


def spent(command: Sequence[str], *, cache: Path, allowed: tuple[int, ...] = (0,)) -> Spent:
    """Run a command to its end and return what it took.

    Raises
    ------
    BenchmarkError
        Where it ends with another exit code than those allowed.
    """
    surroundings = {**os.environ, FOLDER_VARIABLE: str(cache)}
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, env=surroundings)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip().splitlines()[-1:]
            raise BenchmarkError(f"{' '.join(command)} ended with {process.returncode}: {' '.join(said)}")
    return Spent(wall=wall, cpu=used.ru_utime + used.ru_stime)


def formcheck_command() -> list[str]:
    """Return how formcheck is called: the installed command beside this Python, else as a module."""
    installed = Path(sys.executable).with_name("formcheck")
    return [str(installed)] if installed.is_file() else [sys.executable, "-m", "formcheck"]


def timed(clip: Path, pairs: int, folder: Path) -> Timings:
    """Run everything on one clip, writing below ``folder`` only; a clip that is not recognised (exit 1) counts, too."""
    cache = folder / "cache"
    analyze = [*formcheck_command(), "analyze", str(clip), "--no-video", "--no-html", "-o", str(folder / "results")]
    loop = [sys.executable, str(BARE_LOOP), str(clip), str(UNPRUNED)]
    bare, ours = [], []
    for turn in range(pairs):
        for is_ours in (False, True) if turn % 2 == 0 else (True, False):
            if is_ours:
                ours.append(spent([*analyze, "--no-cache"], cache=cache, allowed=(0, 1)))
            else:
                bare.append(spent(loop, cache=cache))
            print(f"pair {turn + 1} of {pairs}: {'formcheck' if is_ours else 'bare loop'} done", file=sys.stderr)
    spent(analyze, cache=cache, allowed=(0, 1))
    return Timings(
        bare=tuple(bare),
        ours=tuple(ours),
        cached=tuple(spent(analyze, cache=cache, allowed=(0, 1)) for _ in range(max(pairs, 3))),
        helped=tuple(spent([*formcheck_command(), "--help"], cache=cache) for _ in range(HELP_RUNS)),
    )


def tables_of(timings: Timings, seconds: float) -> Iterator[Table]:
    """Yield what was measured, and the promises beside it."""
    runs = {
        "bare MediaPipe loop, unpruned model": timings.bare,
        "formcheck analyze --no-video --no-html --no-cache": timings.ours,
        "the same again, landmarks from the cache": timings.cached,
        "formcheck --help": timings.helped,
    }
    yield Table(
        title="Seconds of whole processes",
        columns=("what", "runs", "wall, median", "fastest", "slowest", "processor, median"),
        rows=tuple(
            (
                what,
                len(some),
                median(run.wall for run in some),
                min(run.wall for run in some),
                max(run.wall for run in some),
                median(run.cpu for run in some),
            )
            for what, some in runs.items()
        ),
        note=f"On a clip of {seconds:.1f} s. Processor time of formcheck by the bare loop's: {timings.cpu_ratio:.2f}; "
        "trust it more than the clock where other programs keep the machine busy.",
        digits=2,
    )
    cached, helped = median(run.wall for run in timings.cached), median(run.wall for run in timings.helped)
    promises = (
        ("formcheck by the bare loop, wall, median of pairs", timings.ratio, MOST_RATIO),
        ("cached run, s", cached, MOST_CACHED_SECONDS),
        ("--help, s", helped, MOST_HELP_SECONDS),
    )
    yield Table(
        title="Targets",
        columns=("what", "measured", "at most", "met"),
        rows=tuple((what, value, most, value <= most) for what, value, most in promises),
        digits=2,
    )


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure formcheck's speed against a bare MediaPipe loop.")
    parser.add_argument("--clip", type=Path, default=DEFAULT_CLIP, help="the clip, played over until it is long enough")
    parser.add_argument("--seconds", type=float, default=LEAST_CLIP_SECONDS, help="how long it must last at least")
    parser.add_argument("--pairs", type=int, default=3, metavar="N", help="runs of each program, in turns")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUTPUT, metavar="DIR", help="where the results go")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write; return the exit code: 2 where something that is needed is missing."""
    options = parsed(arguments)
    try:
        if not UNPRUNED.is_file():
            raise BenchmarkError(f"{UNPRUNED} is missing: run make models, which writes it beside the shipped models.")
        if options.pairs < 1:
            raise BenchmarkError(f"--pairs is {options.pairs}, at least 1 is needed.")
        with tempfile.TemporaryDirectory() as folder:
            clip = Path(folder) / f"looped{options.clip.suffix}"
            seconds = write_loop(options.clip, clip, options.seconds)
            timings = timed(clip, options.pairs, Path(folder))
    except (BenchmarkError, OSError, ValueError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    tables = list(tables_of(timings, seconds))
    print_tables(tables, Console(width=None if sys.stdout.isatty() else FILE_COLUMNS))
    write_text("# Speed\n\n" + "\n".join(markdown(table) for table in tables), options.out / "report.md")
    for table in tables:
        write_text(csv_text(table), options.out / f"{table.slug}.csv")
    content = {"clip_seconds": seconds, "tables": {table.slug: table.records() for table in tables}}
    write_text(json.dumps(content, indent=1) + "\n", options.out / "results.json")
    print(f"Written to {options.out}")
    return 0
