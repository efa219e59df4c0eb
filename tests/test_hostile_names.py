"""Names of files that want to be something else: options, markup, formulas, commands, control sequences."""

from __future__ import annotations

import csv
import json
import os
import pty
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from tests.processes import SOURCES
from tests.report.pages import Page

from formcheck.report.wording import plain

TRACK = SOURCES.parent / "tests" / "data" / "tracks" / "high_knees_thigh_low_side.npz"
NAMES = (
    "<script>alert(1)<!--",
    "\"'><img src=x onerror=alert(2)> &amp; {{ 7 * 7 }}",
    "=HYPERLINK(1)",
    "--exercise",
    "[red]bold[|red] :smile:",
    "\x1b[31mred\x1b]0;title\x07 \x9b1m",
    "new\nline\rreturn",
    "\u202ereversed\u2066",
    "$(touch taken); `id` %s {0} \\n",
    os.fsdecode(b"no text \xff\xfe"),
)

ONE_BATCH = pytest.mark.xdist_group("hostile names")


def copies(folder: Path) -> list[Path]:
    """Put a copy of a track under every name, each with a content of its own."""
    folder.mkdir()
    paths = [folder / f"{name}.npz" for name in NAMES]
    for number, path in enumerate(paths):
        shutil.copyfile(TRACK, path)
        with path.open("ab") as file:  # a zip may be followed by anything
            file.write(b"#" * number)
    return paths


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "formcheck", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=280,
        env={**os.environ, "PYTHONPATH": str(SOURCES), "PYTHONIOENCODING": "utf-8"},
    )


def controls(text: str) -> set[str]:
    return {letter for letter in text if unicodedata.category(letter) == "Cc" and letter != "\n"} | (
        {*text} & {"\u202e", "\u2066"}
    )


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("hostile")
    copies(folder / "=club")
    asked = ("batch", "=club", "-o", "out", "--exercise", "high_knees", "--name-pattern", "{athlete}/{other}")
    return folder, run(*asked, folder=folder)


@ONE_BATCH
def test_every_clip_is_assessed_and_nothing_else_happens(
    batch: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, ended = batch
    assert ended.returncode == 0, ended.stderr
    assert f"{len(NAMES)} of {len(NAMES)} clips assessed." in ended.stdout
    assert not controls(ended.stdout + ended.stderr)
    assert {path.name for path in folder.iterdir()} == {"=club", "out"}


@ONE_BATCH
def test_no_name_is_markup_in_any_page(batch: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = batch
    pages = [Page(path.read_text(encoding="utf-8")) for path in sorted((folder / "out").glob("*/report.html"))]
    assert len(pages) == len(NAMES)
    for page in pages:
        assert [tag for tag, _ in page.elements] == [tag for tag, _ in pages[0].elements]
        assert not {name for _, attributes in page.elements for name in attributes if name.startswith("on")}
    club = Page((folder / "out" / "club.html").read_text(encoding="utf-8"))
    for page in (*pages, club):
        assert not page.all("img")
        assert all(a["href"].startswith(("#", "data:")) for a in page.all("a"))
    told = " ".join(page.words for page in pages)
    for name in NAMES[:-1]:
        assert plain(name) in told


@ONE_BATCH
def test_tables_hold_names_as_text_that_no_spreadsheet_calculates(
    batch: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    with (batch[0] / "out" / "summary.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert {row["athlete"] for row in rows} == {"'=club"}
    assert {row["file"] for row in rows} >= {f"'=club/{name}.npz" for name in NAMES[:-1]}
    assert "'=HYPERLINK(1)" in {row["folder"] for row in rows}


def test_json_on_standard_output_commands_no_terminal(tmp_path: Path) -> None:
    (path, *_) = [path for path in copies(tmp_path / "clips") if "\x9b" in path.name]
    asked = ("analyze", "--json", "-", "--no-html", "--exercise", "high_knees", "--", str(path))
    ended = run(*asked, folder=tmp_path)
    assert not controls(ended.stdout + ended.stderr)
    assert json.loads(ended.stdout)["clips"][0]["name"] == path.name


@pytest.mark.parametrize("number", [4, 5, 6, 7])
def test_a_live_line_on_a_terminal_shows_the_name_as_it_is_written(tmp_path: Path, number: int) -> None:
    path = copies(tmp_path / "clips")[number]
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "formcheck", "analyze", "--no-html", "-e", "high_knees", "--", str(path)]
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "TERM": "xterm", "COLUMNS": "200"}
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs, encoding="utf-8", env=environment
    ) as process:
        os.close(theirs)
        live = _all_of(ours)
        assert process.stdout is not None
        verdict = process.stdout.read()
    assert process.returncode == 0
    assert plain(path.name) in live
    assert plain(path.name).split()[0] in verdict
    assert "\x1b]0;" not in live + verdict
    assert not {"\x9b", "\x07", "\u202e", "\u2066"} & {*live, *verdict}
    assert not controls(verdict)


def _all_of(descriptor: int) -> str:
    """Return everything that is written to a terminal until nobody has it open any more."""
    content = b""
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:
            part = b""
        if not part:
            os.close(descriptor)
            return content.decode("utf-8", "replace")
        content += part
