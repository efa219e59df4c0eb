from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.browser.chromium import Browser, required
from tests.report.season import season

from formcheck.report.club import write_club_page
from formcheck.report.club_content import Unassessed

CLIPS = 2000
EVIL = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
MOST_MS, MOST_MS_TO_OPEN = 1000.0, 5000.0
"""Far above what it takes on an idle machine; a page that grows with the square of its clips is far above this."""

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The page of a whole season, open in a browser."""
    folder = tmp_path_factory.mktemp("the club's ünï & co")
    write_club_page(season(CLIPS), [], folder / "club.html")
    browser = Browser(required(), tmp_path_factory.mktemp("profile"))
    browser.size(1280, 900)
    browser.open((folder / "club.html").as_uri())
    yield browser
    browser.close()


@pytest.fixture(autouse=True)
def everything_shown(club: Browser) -> None:
    club.run("document.getElementById('clear').click()")


def shown(club: Browser) -> str:
    return str(club.run("document.getElementById('shown').textContent"))


def column(club: Browser, number: int) -> list[str]:
    found: list[str] = club.run(
        f"Array.from(document.querySelectorAll('#table tbody tr'), row => row.cells[{number}].textContent)"
    )
    return found


def test_it_asks_for_nothing_and_complains_of_nothing(club: Browser) -> None:
    assert club.complaints() == []
    assert [address.rsplit("/", 1)[-1] for address in club.requests()] == ["club.html"]


def test_two_thousand_clips_open_quickly(club: Browser) -> None:
    took = club.run("performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert 0 < took < MOST_MS_TO_OPEN


def test_two_thousand_clips_are_filtered_and_sorted_at_once(club: Browser) -> None:
    assert shown(club) == "2000 assessments"
    took = club.run(
        """(() => {
          const since = performance.now();
          const search = document.getElementById("search");
          search.value = "yuki LUNGE";
          search.dispatchEvent(new Event("input"));
          document.querySelector("th[data-key=score] button").click();
          document.body.offsetHeight;
          return performance.now() - since;
        })()"""
    )
    assert took < MOST_MS
    assert set(column(club, 1)) == {"Yuki"}
    assert set(column(club, 2)) == {"Lunge"}
    scores = [int(score) for score in column(club, 3) if score != "–"]
    assert scores == sorted(scores, reverse=True)
    assert shown(club) == f"{len(column(club, 1))} of 2000 assessments"


def test_more_rows_come_when_asked_for(club: Browser) -> None:
    assert len(column(club, 0)) == 100
    club.run("document.getElementById('more').click()")
    assert len(column(club, 0)) == 200


def test_a_cell_of_the_overview_leads_to_its_clips(club: Browser) -> None:
    club.run("document.querySelector('.cell').click()")
    assert set(column(club, 1)) == {"Amara"}
    assert len(set(column(club, 2))) == 1
    assert club.run("document.getElementById('athlete-choice').selectedOptions[0].text") == "Amara"


def test_a_common_fault_leads_to_the_clips_that_show_it(club: Browser) -> None:
    words = club.run("document.querySelector('.fault-row strong').textContent")
    club.run("document.querySelector('.fault-row').click()")
    assert len(set(column(club, 2))) == 1
    assert any(words in faults for faults in column(club, 6))


def test_choosing_an_athlete_draws_progress_and_log(club: Browser) -> None:
    club.run("(() => {const c = document.getElementById('athlete-choice'); c.value = 3; "
             "c.dispatchEvent(new Event('change'))})()")  # fmt: skip
    assert club.run("document.querySelectorAll('.trend circle').length") > 20
    assert club.run("document.querySelectorAll('.weeks li').length") > 5
    assert "Prescribed" in club.run("document.getElementById('log').textContent")


def test_a_phone_shows_it_without_scrolling_sideways(club: Browser) -> None:
    club.size(390, 800, mobile=True)
    assert club.run("document.documentElement.scrollWidth") <= 390
    club.size(1280, 900)


def test_nothing_but_the_page_s_own_scripts_and_styles_is_let_in(club: Browser) -> None:
    assert club.refuses_what_it_was_not_given() == []


def test_hostile_names_are_never_markup(club: Browser, tmp_path: Path) -> None:
    entries = [
        replace(entry, athlete=f"{EVIL}{number % 2}", file=f"{EVIL}{number}.mp4", link=f"{EVIL}/report.html")
        for number, entry in enumerate(season(6))
    ]
    address = club.run("location.href")
    write_club_page(entries, [Unassessed(file=EVIL, message=EVIL)], tmp_path / "club.html")
    club.open((tmp_path / "club.html").as_uri())
    assert club.complaints() == []
    assert club.run("document.title") == "The club's clips"
    assert club.run("document.querySelectorAll('img').length") == 0
    assert set(column(club, 1)) == {f"{EVIL}0", f"{EVIL}1"}
    assert club.run("document.querySelector('.unassessed .name').textContent") == EVIL
    club.run("document.querySelector('.cell').click()")
    assert club.run("document.title") == "The club's clips"
    club.open(address)
