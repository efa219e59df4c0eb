"""What a benchmark leaves in its folder: a Markdown page, every table as CSV, and all of it as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.tables import Table, csv_text, markdown
from benchmarks.targets import Target
from formcheck.report.whole_file import write_text

REPORT, RESULTS = "report.md", "results.json"


def write_report(
    title: str, tables: Sequence[Table], targets: Sequence[Target], conditions: Mapping[str, object], folder: Path
) -> None:
    """Write every table as CSV, those that are shown as one Markdown page, and everything as JSON."""
    shown = "\n".join(markdown(table) for table in tables if table.shown)
    said_of = "\n".join(f"- {what}: {value}" for what, value in conditions.items())
    write_text(f"# {title}\n\n{said_of}\n\n{shown}", folder / REPORT)
    for table in tables:
        write_text(csv_text(table), folder / f"{table.slug}.csv")
    content = {
        **conditions,
        "targets": [asdict(target) for target in targets],
        "tables": {table.slug: table.records() for table in tables},
    }
    write_text(json.dumps(content, indent=1, allow_nan=False) + "\n", folder / RESULTS)
