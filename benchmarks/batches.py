"""The command behind ``benchmarks/batch.py``: a season of clips by two workers, and one long clip among them."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median

import av
from rich.console import Console

from benchmarks.looping import write_loop
from benchmarks.tables import FILE_COLUMNS, Table, markdown, print_tables
from benchmarks.timing import BARE_LOOP, UNPRUNED, BenchmarkError, Spent, formcheck_command, spent
from formcheck.pose.cache import FOLDER_VARIABLE
from formcheck.report.whole_file import write_text

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "sample_videos"
DEFAULT_OUTPUT = HERE / "results" / "batch"
CLIPS = 24
WORKERS = 2
MOST_RATIO = 0.6
MOST_MEGABYTES = 500.0
LONG_WIDTH, LONG_HEIGHT = 1920, 1080


@dataclass(frozen=True, kw_only=True)
class Runs:
    """Runs in turns; ``bare[i]`` and ``ours[i]`` stood side by side."""

    bare: tuple[Spent, ...]
    ours: tuple[Spent, ...]

    @property
    def ratio(self) -> float:
        return median(ours.wall / bare.wall for ours, bare in zip(self.ours, self.bare, strict=True))


def make_season(folder: Path) -> list[Path]:
    """Write 24 clips that differ in content and decode alike: each sample several times, with a free box at its end."""
    samples = sorted(SAMPLES.glob("*.mp4"))
    clips = []
    for number in range(CLIPS):
        sample = samples[number % len(samples)]
        clip = folder / f"{number:02d}_{sample.name}"
        clip.write_bytes(sample.read_bytes() + (12).to_bytes(4) + b"free" + number.to_bytes(4))
        clips.append(clip)
    return clips


def write_long_clip(target: Path, seconds: float) -> None:
    """Write a 1080p clip of that length: the first sample, enlarged, over and over."""
    short = target.with_name("short.mp4")
    with av.open(str(min(SAMPLES.glob("*.mp4")))) as source, av.open(str(short), "w") as output:
        rate = Fraction(source.streams.video[0].average_rate or 30)
        stream = output.add_stream("libx264", rate=rate, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = LONG_WIDTH, LONG_HEIGHT, "yuv420p"
        for frame in source.decode(video=0):
            output.mux(stream.encode(frame.reformat(LONG_WIDTH, LONG_HEIGHT, format="yuv420p")))
        output.mux(stream.encode())
    write_loop(short, target, seconds)
    short.unlink()


def timed(clips: Sequence[Path], pairs: int, folder: Path) -> Runs:
    """Run the bare loop and the batch over the same clips, in turns."""
    bare, ours = [], []
    loop = [sys.executable, str(BARE_LOOP), *map(str, clips), str(UNPRUNED)]
    for turn in range(pairs):
        command = batch_command(clips[0].parent, folder / f"results-{turn}", "--no-video", "--no-html")
        for is_ours in (False, True) if turn % 2 == 0 else (True, False):
            if is_ours:
                ours.append(spent(command, cache=folder / "cache", allowed=(0, 1)))
            else:
                bare.append(spent(loop, cache=folder / "cache"))
            print(f"pair {turn + 1} of {pairs}: {'batch' if is_ours else 'bare loop'} done", file=sys.stderr)
    return Runs(bare=tuple(bare), ours=tuple(ours))


def batch_command(clips: Path, output: Path, *more: str) -> list[str]:
    where = ["batch", str(clips), "-o", str(output), "--workers", str(WORKERS)]
    return [*formcheck_command(), *where, "--no-cache", "--quiet", *more]


def most_memory(command: Sequence[str], cache: Path) -> float:
    """Run a command and return the most megabytes that any process below it ever had in memory."""
    process = subprocess.Popen(command, env={**os.environ, FOLDER_VARIABLE: str(cache)}, stdout=subprocess.DEVNULL)
    peaks: dict[int, float] = {}
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.25):
            for child in _children(process.pid):
                peaks[child] = max(peaks.get(child, 0.0), _peak_megabytes(child))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    ended.set()
    watcher.join()
    if code not in (0, 1) or not peaks:
        raise BenchmarkError(f"{' '.join(command)} ended with {code}.")
    return max(peaks.values())


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _peak_megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM:")), 0.0)


def tables_of(runs: Runs | None, memory: float | None, long_seconds: float) -> Iterator[Table]:
    """Yield what was measured beside what is promised."""
    if runs is not None:
        yield Table(
            title=f"Seconds over {CLIPS} clips",
            columns=("what", "runs", "wall, median", "processor, median"),
            rows=tuple(
                (what, len(some), median(run.wall for run in some), median(run.cpu for run in some))
                for what, some in (("bare MediaPipe loop, unpruned model", runs.bare), ("formcheck batch", runs.ours))
            ),
            digits=2,
        )
    promises = [
        *([("batch by the bare loop, wall, median of pairs", runs.ratio, MOST_RATIO)] if runs else []),
        *([(f"a worker's memory, {long_seconds:.0f} s of 1080p, MB", memory, MOST_MEGABYTES)] if memory else []),
    ]
    yield Table(
        title="Targets",
        columns=("what", "measured", "at most", "met"),
        rows=tuple((what, value, most, value <= most) for what, value, most in promises),
        digits=2,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write; return the exit code: 2 where something that is needed is missing."""
    parser = argparse.ArgumentParser(description="Measure formcheck batch against a bare MediaPipe loop.")
    parser.add_argument("--pairs", type=int, default=3, metavar="N", help="runs of each program in turns; 0 for none")
    parser.add_argument("--long", type=float, default=600.0, metavar="S", help="the long clip's seconds; 0 for none")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUTPUT, metavar="DIR", help="where the results go")
    options = parser.parse_args(arguments)
    runs = memory = None
    try:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "clips").mkdir()
            if options.pairs:
                if not UNPRUNED.is_file():
                    raise BenchmarkError(f"{UNPRUNED} is missing: run make models, which writes it.")
                runs = timed(make_season(folder / "clips"), options.pairs, folder)
            if options.long:
                (folder / "long").mkdir()
                write_long_clip(folder / "long" / "long.mp4", options.long)
                since = time.monotonic()
                memory = most_memory(batch_command(folder / "long", folder / "of-long"), folder / "cache")
                print(f"long clip done in {time.monotonic() - since:.0f} s", file=sys.stderr)
    except (BenchmarkError, OSError, ValueError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    tables = list(tables_of(runs, memory, options.long))
    print_tables(tables, Console(width=None if sys.stdout.isatty() else FILE_COLUMNS))
    write_text("# Batch\n\n" + "\n".join(markdown(table) for table in tables), options.out / "report.md")
    print(f"Written to {options.out}")
    return 0
