"""The command behind ``benchmarks/accuracy_page.py``: stored results in, a page with plots and a table out."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from matplotlib.figure import Figure

from benchmarks import figures, headline, page_tables
from benchmarks.stored_run import RunError, StoredRun, number, read_run
from benchmarks.tables import grid
from formcheck.criteria.readings import SMALLEST_TRUNK_PX
from formcheck.errors import FormcheckError
from formcheck.report.whole_file import write_text

HERE = Path(__file__).resolve().parent
RESULTS, ROOT = HERE / "results", HERE.parent
RUNS = {"accuracy": "accuracy", "robustness": "robustness", "models": "compare-models"}
"""Folders of results, and the target of the Makefile that fills each."""
TEMPLATE = "accuracy.md.jinja"
PAGE, IMAGES, README = Path("docs/accuracy.md"), Path("docs/images/accuracy"), Path("README.md")
BEGIN, END = "<!-- accuracy table: written by make accuracy-page -->", "<!-- end of accuracy table -->"

Plot = Callable[[StoredRun], Figure]
ACCURACY_PLOTS: Mapping[str, Plot] = {
    "recognition": figures.confusion,
    "angles": figures.angle_limits,
    "clips": figures.clip_errors,
}
ROBUSTNESS_PLOTS: Mapping[str, Plot] = {"robustness": figures.robustness}


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write docs/accuracy.md from the last results.")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="DIR", help="folder of the last results")
    parser.add_argument(
        "--root", type=Path, default=ROOT, metavar="DIR", help="the project whose documents are written"
    )
    return parser.parse_args(arguments)


def page_text(accuracy: StoredRun, robustness: StoredRun, models: StoredRun) -> str:
    """Return the page: words of the template, numbers of the runs."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown, made of our own results
    )
    return environment.get_template(TEMPLATE).render(
        accuracy=accuracy,
        robustness=robustness,
        models=models,
        headline=headline,
        short=grid(headline.headline(accuracy)),
        tables=page_tables,
        limits=_limits(accuracy),
        perfect=accuracy.row("verdicts_against_perfect_landmarks"),
        within=lambda column: f"{number(accuracy.row('values_within_standard_errors'), column):.0%}",
        smallest_trunk=SMALLEST_TRUNK_PX,
    )


def _limits(run: StoredRun) -> Callable[[str, str], str]:
    """Return what says within which degrees 95 % of the values of an angle lie, side view."""

    def within(joint: str, place: str) -> str:
        row = run.row("angles_in_degrees", joint=joint, view="side", place=place)
        return f"{number(row, 'lower'):+.0f} to {number(row, 'upper'):+.0f}"

    return within


def readme_with(table: str, readme: str) -> str:
    """Return the README with the table between its marks.

    Raises
    ------
    RunError
        Where the marks are missing.
    """
    if BEGIN not in readme or END not in readme:
        raise RunError(f"README.md has no place for the table: put the lines {BEGIN} and {END} where it belongs.")
    pattern = re.escape(BEGIN) + ".*?" + re.escape(END)
    return re.sub(pattern, lambda _: f"{BEGIN}\n\n{table}\n\n{END}", readme, count=1, flags=re.DOTALL)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, the plots and the README's table; return the exit code: 2 where results are missing."""
    options = parsed(arguments)
    try:
        accuracy, robustness, models = (
            read_run(options.results / name, f"make {target}") for name, target in RUNS.items()
        )
        readme = readme_with(grid(headline.headline(accuracy)), (options.root / README).read_text(encoding="utf-8"))
        figures.prepare()
        for run, plots in ((accuracy, ACCURACY_PLOTS), (robustness, ROBUSTNESS_PLOTS)):
            for name, plot in plots.items():
                figures.save(plot(run), options.root / IMAGES / f"{name}.png")
        write_text(page_text(accuracy, robustness, models), options.root / PAGE)
        write_text(readme, options.root / README)
    except (RunError, FormcheckError, OSError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    print(f"Written: {PAGE}, {IMAGES}/*.png and the table of {README}")
    if len({run.conditions.get("sources") for run in (accuracy, robustness, models)}) > 1:
        print("Warning: the results are of different states of the code; run all three again.", file=sys.stderr)
    return 0
