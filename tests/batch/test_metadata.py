import time
from datetime import date
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.batch.metadata import About, ClubTable, NamePattern, Sources, day_of, iso_date
from formcheck.errors import UsageError
from formcheck.vocabulary import Context

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="/\0.{}_"), min_size=1).filter(lambda t: t.strip())
DAYS = st.dates(min_value=date(1970, 1, 1))


def table(folder: Path, text: str) -> ClubTable:
    place = folder / "club.csv"
    place.write_text(text, encoding="utf-8")
    return ClubTable(place)


@pytest.mark.parametrize(
    ("pattern", "path", "athlete", "day", "exercise"),
    [
        ("{athlete}/{date}_{exercise}", "/club/Ana/2026-05-01_lunge.mp4", "Ana", "2026-05-01", "lunge"),
        ("{athlete}/{date}_{exercise}", "Ana María/20260501_lunge.v2.mov", "Ana María", "2026-05-01", "lunge.v2"),
        ("{date}/{athlete}-{other}", "2026_05_01/Jürgen-take 3.mp4", "Jürgen", "2026-05-01", None),
        ("{athlete}_{date}", "x/anna_maria_2026.05.01.mp4", "anna_maria", "2026-05-01", None),
        ("/{athlete}/{other}/", "/club/Bo/clip.mp4", "Bo", None, None),
    ],
)  # fmt: skip
def test_a_pattern_reads_the_end_of_a_path(
    pattern: str, path: str, athlete: str, day: str | None, exercise: str | None
) -> None:
    assert NamePattern(pattern).read(PurePath(path)) == About(athlete=athlete, date=day, exercise=exercise)


@pytest.mark.parametrize("path", ["lunge.mp4", "Ana/lunge.mp4", "Ana/2026-13-01_lunge.mp4", "Ana/2026-05-01.mp4"])
def test_a_path_that_does_not_fit_tells_nothing(path: str) -> None:
    assert NamePattern("{athlete}/{date}_{exercise}").read(PurePath(path)) is None


@given(athlete=WORDS, day=DAYS, exercise=WORDS)
def test_whatever_the_names_a_pattern_reads_back_what_was_written(athlete: str, day: date, exercise: str) -> None:
    about = NamePattern("{athlete}/{date}_{exercise}").read(PurePath(f"/club/{athlete}/{day}_{exercise}.mp4"))
    assert about is not None
    assert about.date == day.isoformat()
    assert PurePath(about.athlete or "").name == (about.athlete or "")


@given(st.text(max_size=60))
def test_no_pattern_and_no_path_breaks_anything(text: str) -> None:
    try:
        pattern = NamePattern(text)
    except UsageError:
        pattern = NamePattern("{athlete}/{date}_{exercise}")
    pattern.read(PurePath(text.replace("\0", "") or "x"))


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{name}/{date}", "knows no {name}"),
        ("clips", "names nothing"),
        ("{other}", "names nothing"),
        ("{athlete}/{athlete}", "more than once"),
    ],
)
def test_a_pattern_that_means_nothing_is_refused(pattern: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        NamePattern(pattern)


def test_a_brace_that_stands_alone_is_a_letter() -> None:
    assert NamePattern("{athlete}{take").read(PurePath("Ana{take.mp4")) == About(athlete="Ana")


def test_a_table_without_end_is_refused() -> None:
    with pytest.raises(UsageError, match="too big for a table"):
        ClubTable(Path("/dev/zero"))


def test_letters_that_only_some_programs_take_for_a_new_line_stay_in_their_cell(tmp_path: Path) -> None:
    club = table(tmp_path, 'file,athlete\na.mp4,Ana\u2028Bo\x0b\n"new\nline.mp4",Cy\n')
    assert club.read(Path("a.mp4")) == About(athlete="Ana\u2028Bo")
    assert club.read(Path("new\nline.mp4")) == About(athlete="Cy")


def test_decomposed_and_composed_letters_are_one_name() -> None:
    pattern = NamePattern("{athlete}/{other}")
    first, second = pattern.read(PurePath("Ju\u0308rgen/a.mp4")), pattern.read(PurePath("J\u00fcrgen/a.mp4"))
    assert first == second
    assert first is not None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-01T10:00:00+00:00", "2026-05-01"),
        ("1.5.2026", "2026-05-01"),
        ("2026/5/1", "2026-05-01"),
        ("01/05/2026", None),
        ("2026-02-30", None),
        ("", None),
    ],
)
def test_days_are_read_where_there_is_one_way_to_read_them(text: str, day: str | None) -> None:
    assert iso_date(text) == day


def test_a_table_tells_who_when_and_more(tmp_path: Path) -> None:
    text = "\ufefffile;Athlete;date;context;jog_minutes;Coach\nclips/a.mp4;Jürgen;1.5.2026;After;8,5;Kim\n"
    club = table(tmp_path, text)
    about = club.read(tmp_path / "clips" / "a.mp4")
    assert about == About(
        athlete="Jürgen", date="2026-05-01", context=Context.AFTER, jog_minutes=8.5, more={"coach": "Kim"}
    )
    assert club.columns == ("coach",)
    assert club.read(tmp_path / "clips" / "b.mp4") is None


def test_the_last_parts_of_a_path_are_enough_and_the_whole_path_goes_first(tmp_path: Path) -> None:
    club = table(tmp_path, "file,athlete\na.mp4,Ana\nbo/a.mp4,Bo\n")
    assert club.read(Path("/season/x/a.mp4")) == About(athlete="Ana")
    assert club.read(Path("/season/bo/a.mp4")) == About(athlete="Bo")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,athlete\na.mp4,Ana\n", "no column 'file'"),
        ("", "no column 'file'"),
        ("file,date\na.mp4,05/01/2026\n", "Line 2 of .* is not a date"),
        ("file,context\na.mp4,during\n", "write before or after"),
        ("file,jog_minutes\na.mp4,long\n", "a number of minutes"),
        ("file,athlete\na.mp4,Ana\na.mp4,Bo\n", "twice"),
        ("file,score\na.mp4,100\n", "which formcheck fills in"),
        ("file,cadence_value\na.mp4,fast\n", "which formcheck fills in"),
        ("file,hold_seconds\na.mp4,5\n", "which formcheck fills in"),
        ("file,athlete\n\n\na.mp4,Ana\nb.mp4," + 200_000 * "x", "Line 5 of .* cannot be read as a row"),
        ("file,date\n\nb.mp4,2026-05-01\na.mp4,tomorrow\n", "Line 4 of .* is not a date"),
    ],
)
def test_a_table_that_cannot_be_understood_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        table(tmp_path, text)


def test_a_table_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "club.csv").write_bytes(b"file,athlete\na.mp4,J\xfcrgen\n")
    with pytest.raises(UsageError, match="UTF-8"):
        ClubTable(tmp_path / "club.csv")
    with pytest.raises(UsageError, match="cannot be read"):
        ClubTable(tmp_path / "gone.csv")


@pytest.mark.parametrize(
    ("zone", "recorded", "day"),
    [
        pytest.param("EST5EDT,M3.2.0,M11.1.0", "2026-05-05T01:11:12Z", "2026-05-04", id="an evening in America"),
        pytest.param("JST-9", "2026-05-04T22:00:00Z", "2026-05-05", id="a morning in Japan"),
        pytest.param("JST-9", "2026-05-04T20:11:12-05:00", "2026-05-04", id="where it was recorded"),
        pytest.param("UTC", "2026-05-04T20:11:12", "2026-05-04", id="no zone"),
    ],
)
def test_a_recording_time_gives_the_day_where_the_club_is(
    zone: str, recorded: str, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert day_of(About(), recorded) == day
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_table_goes_before_the_path_and_the_path_before_the_file(tmp_path: Path) -> None:
    sources = Sources(
        table=table(tmp_path, "file,athlete\na.mp4,From the table\n"), pattern=NamePattern("{athlete}/{date}_{other}")
    )
    about = sources.about(tmp_path / "From the path" / "a.mp4")
    assert about.athlete == "From the table"
    about = sources.about(tmp_path / "From the path" / "2026-05-01_x.mp4")
    assert (about.athlete, about.date) == ("From the path", "2026-05-01")
    assert day_of(about, "2020-01-01T00:00:00Z") == "2026-05-01"
    assert day_of(About(), "2020-01-01T12:00:00Z") == "2020-01-01"
    assert day_of(About(), None) is None


def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    sources = Sources(table=table(tmp_path, "file\nz.mp4\n"), pattern=NamePattern("{athlete}/{date}_{other}"))
    notes = sources.notes([tmp_path / "a.mp4"])
    assert notes[0].startswith("1 clip does not fit --name-pattern")
    assert notes[1] == "1 line of --metadata name no clip of this run, such as 'z.mp4'."
