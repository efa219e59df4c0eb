import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.report.season import season

from formcheck import exercises
from formcheck.report.club import amount_words, render_club, write_club_page
from formcheck.report.club_content import NO_NAME, Entry, HeldFor, Unassessed, athletes_of, common_faults, overview
from formcheck.report.training_log import Done, log_of
from formcheck.vocabulary import Status


def entry(**changes: object) -> Entry:
    made = Entry(
        file="a.mp4",
        link="a/report.html",
        athlete="Ana",
        date="2026-05-04",
        exercise="high_knees",
        view="side",
        score=80.0,
        coverage=0.9,
        statuses={"cadence": Status.GOOD},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def done(*entries: Entry) -> Done:
    sessions = log_of(entries).sessions
    assert len(sessions) == 1
    assert len(sessions[0].done) == 1
    return sessions[0].done[0]


def test_the_overview_shows_the_latest_score_and_the_change_since_the_first() -> None:
    entries = [
        entry(date="2026-05-09", score=84.0, file="late.mp4"),
        entry(score=70.0, file="early.mp4"),
        entry(athlete="Bo", exercise="lunge", score=None),
        entry(athlete=NO_NAME, date=None),
    ]
    lines = overview(entries)
    assert [line.athlete for line in lines] == ["Ana", "Bo", NO_NAME]
    ana, bo, _ = lines
    assert ana.cells[0] is not None
    assert (ana.cells[0].score, ana.cells[0].change, ana.cells[0].clips) == (84.0, 14.0, 2)
    assert ana.cells[1] is None
    assert bo.cells[1] is not None
    assert bo.cells[1].score is None


def test_common_faults_count_what_could_be_judged() -> None:
    statuses = [Status.MAJOR, Status.MINOR, Status.GOOD, Status.NOT_ASSESSABLE]
    entries = [entry(athlete=str(n), statuses={"cadence": status}) for n, status in enumerate(statuses)]
    (fault,) = common_faults(entries)
    assert (fault.key, fault.judged, fault.major, fault.minor, fault.athletes) == ("cadence", 3, 1, 1, 2)


def test_a_stretch_is_counted_on_both_sides_over_the_clips_of_a_day() -> None:
    left = entry(exercise="quad_stretch", holds=(HeldFor(side="left", seconds=5.1),) * 3)
    right = entry(exercise="quad_stretch", holds=(HeldFor(side="right", seconds=4.6),) * 2)
    found = done(left, right)
    assert (found.words, found.wanted, found.met) == ("left 3 × 5 s and right 2 × 5 s", "3 × 5 s each side", False)
    assert done(left, right, right).met
    assert done(left).words == "left 3 × 5 s, right not seen"
    holds = [(HeldFor(side=side, seconds=29.0),) for side in ("left", "right")]
    after = [entry(exercise="quad_stretch", context="after", holds=each) for each in holds]
    assert (done(*after).wanted, done(*after).met) == ("1 × 30 s each side", True)


def test_drills_planks_and_sets_are_counted_to_three() -> None:
    assert not done(entry(), entry()).met
    assert done(entry(), entry(), entry()).met
    plank = entry(exercise="front_plank", holds=(HeldFor(side=None, seconds=61.0),))
    assert (done(plank).words, done(plank).wanted) == ("best 61 s, once", "60 s, 3 times")
    assert done(plank, plank, plank).met
    sagging = entry(exercise="front_plank", holds=(HeldFor(side=None, seconds=61.0, good_seconds=40.2),))
    assert done(sagging).words == "best 61 s (40 s of it in good form), once"
    sides = [(HeldFor(side=side, seconds=46.0, good_seconds=46.0),) for side in ("left", "right")]
    assert done(*(entry(exercise="side_plank", holds=held) for held in sides)).words.startswith("best left 46 s and")
    lunge = entry(exercise="lunge", reps=22, reps_left=11, reps_right=11)
    assert done(lunge, lunge, lunge).met
    one_side = entry(exercise="lunge", reps=12, reps_left=12)
    assert done(one_side).words == "best left 12 repetitions, once, right not seen"


def test_weeks_count_the_days_with_strengthening_exercises() -> None:
    days = ["2026-05-04", "2026-05-04", "2026-05-06", "2026-05-13", "2026-05-20"]
    entries = [entry(date=day, exercise="lunge") for day in days[:4]] + [entry(date=days[4])]
    weeks = log_of(entries).weeks
    assert [(week.monday, week.days, week.met) for week in weeks] == [
        ("2026-05-18", 0, False),
        ("2026-05-11", 1, False),
        ("2026-05-04", 2, True),
    ]
    assert log_of([entry(date=None)]).sessions == ()


@pytest.mark.parametrize(("minutes", "said"), [(8.0, "Jogged 8 min before"), (3.0, "shorter than 5 to 10")])
def test_the_jog_before_is_told_where_the_club_notes_it(minutes: float, said: str) -> None:
    (session,) = log_of([entry(jog_minutes=minutes)]).sessions
    assert session.jog is not None
    assert said in session.jog


def test_amounts_are_told_as_a_runner_would() -> None:
    assert amount_words(entry(reps=12, reps_left=6, reps_right=6)) == "12 reps (6 left, 6 right)"
    assert amount_words(entry(reps=5, reps_right=5)) == "5 reps (right)"
    assert amount_words(entry(holds=(HeldFor(side=None, seconds=61.04),))) == "hold 61.0 s"
    assert amount_words(entry()) == ""


def test_hostile_names_stay_text() -> None:
    evil = "</script><img src=x onerror=alert(1)>\u202e&\udce9"
    page = render_club([entry(file=evil, athlete=evil)], [Unassessed(file=evil, message=evil)])
    assert "<img" not in page
    assert page.count("</script>") == 2
    assert "\u202e" not in re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)


def test_the_page_loads_nothing_and_its_data_is_what_was_given(tmp_path: Path) -> None:
    entries = season(50)
    write_club_page(entries, [], tmp_path / "club.html")
    page = (tmp_path / "club.html").read_text(encoding="utf-8")
    assert "default-src &#39;none&#39;" in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    found = re.search(r'<script type="application/json" id="club-data">(.*?)</script>', page, flags=re.DOTALL)
    assert found is not None
    data = json.loads(found.group(1))
    assert [each["link"] for each in data["entries"]] == [each.link for each in entries]
    assert data["athletes"] == list(athletes_of(entries))


def test_an_empty_club_is_told_too() -> None:
    page = render_club([], [Unassessed(file="a.mp4", message="It is empty.")])
    assert "0 clips assessed" in page
    assert "It is empty." in page


def test_every_exercise_has_a_place_in_the_log() -> None:
    for exercise in exercises.load_all():
        assert done(entry(exercise=exercise)).words
