"""Whatever a club's table, file names and a pattern hold: tables and a page of plain text, or one clear sentence."""

from __future__ import annotations

import csv
import os
from pathlib import Path, PurePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from tests.batch.pretended import ROW
from tests.fuzz.effort import examples
from tests.report.pages import Page

from formcheck.analysis import Options
from formcheck.batch.clips import Clip, Found
from formcheck.batch.metadata import ClubTable, NamePattern, Sources
from formcheck.batch.run import Batch, planned, result_of, write_tables
from formcheck.batch.task import Outcome
from formcheck.errors import UsageError
from formcheck.report.folder import Outputs
from formcheck.report.wording import plain

KNOWN = ["file", "athlete", "date", "exercise", "context", "jog_minutes"]
TAKEN = ["score", "cadence", "cadence_value", "hold_seconds", "recorded_at", "folder"]
HOSTILE = st.sampled_from([
    "=1+1", "@SUM(A1)", "+1", "-1", "\t=1", "\uff1d1+1", "</script><script>alert(1)</script>",
    "<img src=x onerror=a()>", '"', "'", '""";\n', "{{ 7*7 }}", "\x1b[31mred", "\u202eevil", "\x00", "\x85", "\u2028",
    "javascript:alert(1)", "../..",
    "[red]x[/red]", "%s%n", "\ud83c", "a" * 140_000,
])  # fmt: skip
DATES = st.dates().map(str) | st.sampled_from(["1.5.2026", "31.2.2026", "0000-00-00", "9999999", "2026-05-01T10:00"])
CELLS = st.one_of(
    st.text(max_size=12),
    HOSTILE,
    DATES,
    st.sampled_from(["", "before", "after", "high knees", "1e999", "8,5", "\u0663", "NaN"]),
)
FILES = st.sampled_from(["a.mp4", "clips/a.mp4", "b.mp4", "./clips//b.mp4", "", "..", "/"]) | CELLS
HEADERS = st.lists(st.sampled_from([*KNOWN, *KNOWN, *TAKEN]) | CELLS, max_size=7).map(lambda more: ["file", *more])
NAMES = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=30).filter(lambda n: n not in {".", ".."})
PATTERNS = st.lists(
    st.sampled_from(["{athlete}", "{date}", "{exercise}", "{other}", "/", "_", "{", "}", "\\", "("])
).map("".join)


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Return the bytes of a table: mostly a CSV with a row for each clip, sometimes anything."""
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return draw(st.binary(max_size=200))
    separator = draw(st.sampled_from([",", ";", "\t"]))
    rows = [draw(HEADERS), *([draw(FILES), *draw(st.lists(CELLS, max_size=7))] for _ in range(draw(st.integers(0, 4))))]
    if kind == 1:
        text = "\n".join(separator.join(row) for row in rows)
    else:
        text = "\r\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"]))
    return text.encode(encoding, "replace")


def check_sentence(error: UsageError) -> None:
    sentence = str(error)
    assert sentence.endswith(".")
    assert plain(sentence) == sentence
    assert len(sentence) < 2000


def finished(sources: Sources, folder: Path) -> list[dict[str, str]]:
    """Write the tables and the page of two assessed clips and one that failed; return the rows of the summary."""
    batch = Batch(
        places=(), output=folder / "out", options=Options(), outputs=Outputs(video=False), workers=1, sources=sources
    )
    clips = [Clip(folder / "clips" / name, "0" * 64) for name in ("a.mp4", "b.mp4", "c.mp4")]
    plan = planned(batch, Found(clips=clips))
    assessed = Outcome(rows=({**ROW},), files=("result.json",))
    result = result_of(plan, [assessed, assessed, Outcome(code="unreadable", message="It is empty: copy it again.")])
    sources.notes([clip.path for clip in clips])
    write_tables(result, batch)
    with (folder / "out" / "summary.csv").open(encoding="utf-8", newline="") as file:
        limit = csv.field_size_limit(10_000_000)
        try:
            return list(csv.DictReader(file))
        finally:
            csv.field_size_limit(limit)


def check_results(rows: list[dict[str, str]], folder: Path) -> None:
    assert len(rows) == 2
    assert [row["score"] for row in rows] == ["87.5", "87.5"]
    assert [row["cadence"] for row in rows] == ["major", "major"]
    for row in rows:
        for name, cell in row.items():
            number = name == "score" or name.endswith(("_value", "_s")) or cell in {"", "0", "6", "12", "0.8", "0.9"}
            assert number or cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"}, (name, cell)
    assert parquet.read_table(folder / "out" / "summary.parquet").num_rows == 2
    check_page((folder / "out" / "club.html").read_text(encoding="utf-8"))


def check_page(html: str) -> None:
    page = Page(html)
    assert len(page.all("script")) == html.count("</script>") == 2
    assert not page.all("img")
    assert not {name for _, attributes in page.elements for name in attributes if name.startswith("on")}
    assert all(a["href"].startswith(("#", "a/", "b/")) for a in page.all("a"))


@examples(25)
@given(content=tables(), pattern=st.none() | PATTERNS)
def test_a_table_of_any_content_is_used_or_refused(
    content: bytes, pattern: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("club")
    (folder / "club.csv").write_bytes(content)
    try:
        sources = Sources(
            table=ClubTable(folder / "club.csv"), pattern=None if pattern is None else NamePattern(pattern)
        )
    except UsageError as error:
        check_sentence(error)
        return
    check_results(finished(sources, folder), folder)


@examples(100)
@given(pattern=PATTERNS | st.text(max_size=40), parts=st.lists(NAMES, min_size=1, max_size=4))
def test_a_pattern_of_any_kind_reads_any_path_or_is_refused(pattern: str, parts: list[str]) -> None:
    try:
        names = NamePattern(pattern)
    except UsageError as error:
        check_sentence(error)
        return
    about = names.read(PurePath(*parts))
    assert about is None or about.athlete is None or about.athlete.strip()


@examples(25)
@given(athlete=NAMES, name=NAMES)
def test_names_of_folders_and_files_are_only_ever_text(
    athlete: str, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("club")
    sources = Sources(pattern=NamePattern("{athlete}/{other}"))
    batch = Batch(places=(), output=folder, options=Options(), outputs=Outputs(video=False), workers=1, sources=sources)
    path = Path("/club") / os.fsdecode(os.fsencode(storable(athlete))) / f"{storable(name)}.mp4"
    plan = planned(batch, Found(clips=[Clip(path, "0" * 64)]))
    result = result_of(plan, [Outcome(rows=({**ROW},), files=("result.json",))])
    write_tables(result, batch)
    html = (folder / "club.html").read_text(encoding="utf-8")
    assert len(Page(html).all("script")) == 2
    stored: list[dict[str, Any]] = parquet.read_table(folder / "summary.parquet").to_pylist()
    assert stored[0]["file"] == str(path)


def storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
