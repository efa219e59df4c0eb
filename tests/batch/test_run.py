"""Whole batches: folders, tables and exit codes, on the pretended pipeline and on the real one."""

import csv
import json
import os
import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from pyarrow import parquet
from tests.batch.runs import Silent, batch, clips
from typer.testing import CliRunner

from formcheck import exercises
from formcheck.batch.metadata import ClubTable, NamePattern, Sources
from formcheck.batch.rows import FIXED
from formcheck.batch.tables import columns_of
from formcheck.cli import app
from formcheck.report.folder import Outputs

TRACKS = Path(__file__).resolve().parents[1] / "data" / "tracks"


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_criterion_has_the_name_of_another_column() -> None:
    catalogue = exercises.load_all().values()
    keys = {name for each in catalogue for c in each.criteria for name in (c.key, f"{c.key}_value")}
    assert not keys & set(FIXED)
    columns = columns_of([{"exercise": each.id} for each in catalogue])
    assert set(columns) == keys | set(FIXED)


def test_every_assessment_is_a_row_and_every_failure_a_line(tmp_path: Path) -> None:
    folder = clips(tmp_path / "clips", "Ana/2026-05-01_x.mp4", "Bo/empty.mp4", "Bo/y.mp4", "Bo/raise.mp4")
    sources = Sources(pattern=NamePattern("{athlete}/{date}_{other}"))
    batch(folder, tmp_path / "out", sources=sources)
    rows = lines(tmp_path / "out" / "summary.csv")
    assert [(row["athlete"], row["date"], row["score"]) for row in rows] == [
        ("Ana", "2026-05-01", "87.5"),
        ("", "2026-05-02", "87.5"),
    ]
    assert rows[0]["file"] == str(folder / "Ana" / "2026-05-01_x.mp4")
    assert (rows[0]["cadence"], rows[0]["cadence_value"], rows[0]["stand_tall"]) == ("major", "140.0", "")
    failures = lines(tmp_path / "out" / "failures.csv")
    assert [(Path(row["file"]).name, row["reason"]) for row in failures] == [
        ("empty.mp4", "nobody_in_view"),
        ("raise.mp4", "failed"),
    ]
    assert failures[0]["message"] == "Nobody is in view. Film somebody."


def test_both_summaries_say_the_same_and_one_of_them_with_types(tmp_path: Path) -> None:
    folder = clips(tmp_path / "clips", "x.mp4", "y.mp4")
    (tmp_path / "club.csv").write_text("file,athlete,squad\nx.mp4,Ana,juniors\n")
    batch(folder, tmp_path / "out", sources=Sources(table=ClubTable(tmp_path / "club.csv")))
    stored = parquet.read_table(tmp_path / "out" / "summary.parquet").to_pylist()
    rows = lines(tmp_path / "out" / "summary.csv")
    assert list(stored[0]) == list(rows[0])
    assert stored[0]["date"] == date(2026, 5, 2)
    assert (stored[0]["reps"], stored[0]["score"]) == (12, 87.5)
    assert (stored[0]["squad"], rows[0]["squad"], stored[1]["squad"]) == ("juniors", "juniors", None)


def test_no_clip_at_all_assessed_still_gives_tables(tmp_path: Path) -> None:
    batch(clips(tmp_path / "clips", "empty.mp4"), tmp_path / "out")
    assert lines(tmp_path / "out" / "summary.csv") == []
    assert parquet.read_table(tmp_path / "out" / "summary.parquet").num_rows == 0


def test_hostile_names_stay_text_in_every_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("=1+1.mp4", "@x.mp4", '"quoted", and\nbroken.mp4', os.fsdecode(b"caf\xe9.mp4"), "a;b,c.mp4")
    monkeypatch.chdir(clips(tmp_path / "clips", *names))
    batch(names, tmp_path / "out")
    rows = lines(tmp_path / "out" / "summary.csv")
    told = ["'=1+1.mp4", "'@x.mp4", '"quoted", and\nbroken.mp4', "caf\ufffd.mp4", "a;b,c.mp4"]
    assert [row["file"] for row in rows] == told
    stored = parquet.read_table(tmp_path / "out" / "summary.parquet").to_pylist()
    assert [row["file"] for row in stored][:2] == ["=1+1.mp4", "@x.mp4"]


def test_the_page_links_to_folders_of_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = (os.fsdecode(b"caf\xe9.mp4"), "a%20b#c?d.mp4", "new\nline.mp4", "'\"<b>.mp4")
    monkeypatch.chdir(clips(tmp_path / "clips", *names))
    batch(names, tmp_path / "out", outputs=Outputs(video=False, page=True))
    page = (tmp_path / "out" / "club.html").read_text(encoding="utf-8")
    linked = {unquote_to_bytes(address) for address in re.findall(r'"link": ?"([^"]+)/result.json"', page)}
    assert linked == {os.fsencode(Path(name).stem) for name in names}


def test_the_exercise_that_a_path_names_is_the_one_that_is_judged(tmp_path: Path) -> None:
    folder, teller = clips(tmp_path / "clips", "Ana/High-Knees_1.mp4", "Ana/take_2.mp4"), Silent()
    batch(folder, tmp_path / "out", teller, sources=Sources(pattern=NamePattern("{athlete}/{exercise}_{other}")))
    assert [each.task.options.exercise for each in teller.plan] == ["high_knees", None]


@pytest.fixture
def club(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A club's folder with three real tracks of two athletes, and one that is broken."""
    folder = tmp_path / "club"
    for name, track in {
        "Ana/2026-05-01_drill.npz": "high_knees_thigh_low_side",
        "Ana/2026-05-08_drill.npz": "butt_kicks_heel_short_side",
        "Bo/2026-05-08_plank.npz": "front_plank_hips_sag_side",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TRACKS / f"{track}.npz", folder / name)
    (folder / "Bo" / "2026-05-09_broken.mp4").write_bytes(b"no video at all")
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_real_batch_writes_folders_tables_page_and_json(club: Path) -> None:
    asked = ["batch", "club", "-o", "out", "--name-pattern", "{athlete}/{date}_{other}", "--json", "all.json"]
    answer = CliRunner().invoke(app, asked)
    assert answer.exit_code == 1
    assert "3 of 4 clips assessed." in answer.stdout
    assert "2026-05-09_broken.mp4" in answer.stdout
    out = club.parent / "out"
    rows = lines(out / "summary.csv")
    assert [(row["athlete"], row["date"], row["exercise"]) for row in rows] == [
        ("Ana", "2026-05-01", "high_knees"),
        ("Ana", "2026-05-08", "butt_kicks"),
        ("Bo", "2026-05-08", "front_plank"),
    ]
    assert rows[0]["thigh_horizontal"] in {"minor", "major"}
    assert [row["reason"] for row in lines(out / "failures.csv")] == ["unreadable"]
    for row in rows:
        stored = json.loads((out / row["folder"] / "result.json").read_text())
        assert stored["clips"][0]["name"] == Path(row["file"]).name
        assert (out / row["folder"] / "report.html").is_file()
        assert f"{row['folder']}/report.html" in (out / "club.html").read_text()
    documents = json.loads((club.parent / "all.json").read_text())
    assert [each["assessments"][0]["exercise"]["id"] for each in documents] == [row["exercise"] for row in rows]
    again = CliRunner().invoke(app, [*asked, "--no-html"][:-1])
    assert "4 of 4 clips done before" in again.stderr
    assert lines(out / "summary.csv") == rows


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "There is no file or folder 'nowhere'"),
        (["club", "--exercise", "moonwalk"], "There is no exercise 'moonwalk'"),
        (["club", "--name-pattern", "{name}"], "--name-pattern knows no {name}"),
        (["club", "--metadata", "gone.csv"], "The table 'gone.csv' cannot be read"),
        (["club", "-o", "club/Ana/2026-05-01_drill.npz"], "is a file"),
    ],
)
def test_a_wrong_call_is_told_in_one_sentence(club: Path, arguments: list[str], said: str) -> None:
    answer = CliRunner().invoke(app, ["batch", *arguments])
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_json_on_standard_output_stands_there_alone(club: Path) -> None:
    asked = ["batch", "club/Ana", "-o", "out", "--no-html", "--json", "-", "--workers", "1"]
    answer = CliRunner().invoke(app, asked)
    assert answer.exit_code == 0
    assert len(json.loads(answer.stdout)) == 2
    assert not (club.parent / "out" / "club.html").exists()
