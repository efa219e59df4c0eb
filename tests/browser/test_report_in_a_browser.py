from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.browser.chromium import Browser, required
from tests.report import pages, verdicts

from formcheck.kinematics.recording import Recording
from formcheck.report.page import write_page
from formcheck.vocabulary import Facing, View

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(required(), tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result folder: the page and its video."""
    made = tmp_path_factory.mktemp("results of ünï & co")
    recording = pages.filmed(made)
    shutil.copyfile(recording.source, made / "annotated.mp4")
    write(made / "report.html", recording)
    return made


@pytest.fixture(autouse=True)
def desktop(request: pytest.FixtureRequest) -> None:
    browser = request.getfixturevalue("browser")
    browser.size(1280, 900)
    browser.prefer("light")


def write(target: Path, recording: Recording, video_name: str | None = "annotated.mp4", **changes: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("formcheck.exercises.find", verdicts.CATALOGUE.__getitem__)
        stretches = (pages.stretch(recording, **changes),)
        write_page(pages.assessed(recording, stretches=stretches), (recording,), target, video_name)


def show(browser: Browser, page: Path) -> None:
    browser.open(page.as_uri())
    browser.wait_for("!document.querySelector('.controls').hidden")


def show_with_video(browser: Browser, folder: Path) -> None:
    show(browser, folder / "report.html")
    browser.wait_for("document.querySelector('video').readyState >= 2")


def now(browser: Browser) -> float:
    browser.wait_for("!document.querySelector('video').seeking")
    return float(browser.run("document.querySelector('video').currentTime"))


def box(browser: Browser, selector: str) -> dict[str, float]:
    script = f"document.querySelector({selector!r})"
    browser.run(f"{script}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
    found: dict[str, float] = browser.run(f"{script}.getBoundingClientRect().toJSON()")
    return found


def time_under(browser: Browser, share: float) -> tuple[float, float, float]:
    """Return x, y and the seconds of a point that lies at ``share`` of the first chart's width."""
    area = box(browser, ".u-over")
    span: list[Any] = browser.run("JSON.parse(document.getElementById('report-data').textContent).stretches[0].span")
    return area["x"] + share * area["width"], area["y"] + area["height"] / 2, span[0] + share * (span[1] - span[0])


def playhead(browser: Browser) -> float:
    return float(browser.run("document.querySelector('.u-cursor-x').getBoundingClientRect().right"))


def test_it_opens_from_disk_without_complaint_and_asks_for_nothing_but_the_video(
    browser: Browser, folder: Path
) -> None:
    show_with_video(browser, folder)
    assert browser.complaints() == []
    assert browser.requests() == [(folder / name).as_uri() for name in ("report.html", "annotated.mp4")]


def test_the_video_plays_and_the_charts_follow(browser: Browser, folder: Path) -> None:
    show_with_video(browser, folder)
    before = playhead(browser)
    browser.run("document.querySelector('#play').click()")
    browser.wait_for("document.querySelector('video').currentTime > 0.7")
    assert playhead(browser) > before + 20
    assert browser.run("document.querySelector('#play').getAttribute('aria-label')") == "Pause"
    browser.run("document.querySelector('#play').click()")
    browser.wait_for("document.querySelector('video').paused")


def test_a_click_on_a_fault_shows_its_moment_in_the_video(browser: Browser, folder: Path) -> None:
    show_with_video(browser, folder)
    for number, expected in enumerate(pages.LEFT_PEAKS_S[:3]):
        browser.run(f"document.querySelectorAll('.jump')[{number}].click()")
        assert now(browser) == pytest.approx(expected, abs=0.02)
    assert "60°" in browser.run("document.querySelector('.line.left output').textContent")


def test_a_click_on_a_chart_seeks(browser: Browser, folder: Path) -> None:
    show_with_video(browser, folder)
    x, y, expected = time_under(browser, 0.6)
    for kind in ("mousePressed", "mouseReleased"):
        browser.mouse(kind, x, y)
    assert now(browser) == pytest.approx(expected, abs=0.05)
    assert playhead(browser) == pytest.approx(x, abs=3)


def test_moving_over_a_chart_seeks_while_the_video_rests(browser: Browser, folder: Path) -> None:
    show_with_video(browser, folder)
    x, y, expected = time_under(browser, 0.25)
    browser.mouse("mouseMoved", x, y)
    assert now(browser) == pytest.approx(expected, abs=0.05)


def test_the_video_s_own_controls_come_when_the_mouse_does(browser: Browser, folder: Path) -> None:
    show_with_video(browser, folder)
    controls = "document.querySelector('video').controls"
    assert not browser.run(controls)
    area = box(browser, "video")
    browser.mouse("mouseMoved", area["x"] + 20, area["y"] + 20)
    assert browser.run(controls)
    browser.mouse("mouseMoved", area["x"] + area["width"] + 200, area["y"] + 20)
    assert not browser.run(controls)


def test_a_chart_is_worked_with_the_keyboard(browser: Browser, folder: Path) -> None:
    show_with_video(browser, folder)
    browser.run("document.querySelector('.plot').focus()")
    browser.press("End")
    assert now(browser) == pytest.approx(3.96, abs=0.02)
    browser.press("ArrowLeft")
    assert now(browser) == pytest.approx(3.92, abs=0.02)
    assert browser.run("document.activeElement.getAttribute('aria-valuetext')").startswith("3.9")


@pytest.mark.parametrize("width", [360, 390, 768])
def test_a_narrow_screen_needs_no_sideways_scrolling(browser: Browser, folder: Path, width: int) -> None:
    browser.size(width, 740, mobile=True)
    show_with_video(browser, folder)
    assert browser.run("document.documentElement.scrollWidth") == width
    beyond = """[...document.querySelectorAll('main *, header *, footer *')]
        .filter(part => part.getBoundingClientRect().right > innerWidth + 1 && !part.closest('.u-wrap, svg'))
        .map(part => part.outerHTML.slice(0, 80))"""
    assert browser.run(beyond) == []


def test_long_names_do_not_widen_a_narrow_screen(browser: Browser, tmp_path: Path) -> None:
    recording = pages.recording(tmp_path / "track.npz", is_track=True, name="averylongnamewithoutanyblank" * 8 + ".npz")
    write(tmp_path / "report.html", recording, None)
    browser.size(360, 740, mobile=True)
    show(browser, tmp_path / "report.html")
    assert browser.run("document.documentElement.scrollWidth") == 360


def test_without_the_video_a_figure_moves_and_the_charts_still_work(
    browser: Browser, folder: Path, tmp_path: Path
) -> None:
    shutil.copyfile(folder / "report.html", tmp_path / "report.html")
    show(browser, tmp_path / "report.html")
    browser.wait_for("!document.querySelector('.missing').hidden")
    assert browser.run("getComputedStyle(document.querySelector('video')).display") == "none"
    before = browser.run("document.querySelector('.stick .near').getAttribute('d')")
    browser.run("document.querySelectorAll('.jump')[1].click()")
    assert browser.run("document.querySelector('#now').textContent") == "1.20 s"
    assert browser.run("document.querySelector('.stick .near').getAttribute('d')") != before


def test_a_track_s_figure_plays_to_its_end(browser: Browser, tmp_path: Path) -> None:
    recording = pages.recording(tmp_path / "track.npz", is_track=True)
    write(tmp_path / "report.html", recording, None)
    show(browser, tmp_path / "report.html")
    assert browser.complaints() == []
    browser.run("document.querySelector('.plot').focus()")
    browser.press("End")
    browser.press("PageDown")
    browser.run("document.querySelector('#play').click()")
    browser.wait_for("document.querySelector('#now').textContent === '3.96 s'")
    browser.wait_for("document.querySelector('#play').getAttribute('aria-label') === 'Play'")


def test_hostile_names_run_nothing(browser: Browser, tmp_path: Path) -> None:
    name = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">.npz"
    recording = pages.recording(tmp_path / "track.npz", is_track=True, name=name)
    write(tmp_path / "report.html", recording, None)
    show(browser, tmp_path / "report.html")
    assert browser.complaints() == []
    assert not browser.run("document.title").startswith("owned")
    assert name in browser.run("document.querySelector('.brand').textContent")


def test_nothing_but_the_page_s_own_scripts_and_styles_is_let_in(browser: Browser, folder: Path) -> None:
    show_with_video(browser, folder)
    assert browser.refuses_what_it_was_not_given() == []


def test_each_exercise_of_a_session_brings_its_own_charts(browser: Browser, tmp_path: Path) -> None:
    recording = pages.recording(tmp_path / "track.npz", is_track=True)
    early = pages.stretch(recording, end_s=1.8)
    square = replace(early.view, name=View.FRONT, facing=Facing.CAMERA)
    late = pages.stretch(recording, pages.leaning(recording), start_s=2.0, view=square)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("formcheck.exercises.find", verdicts.CATALOGUE.__getitem__)
        write_page(pages.assessed(recording, stretches=(early, late)), (recording,), tmp_path / "report.html", None)
    show(browser, tmp_path / "report.html")
    shown = "[...document.querySelectorAll('.charts')].map(charts => !charts.hidden)"
    assert browser.run(shown) == [True, False]
    browser.run("document.querySelector('#stretch-1 .jump').click()")
    assert browser.run(shown) == [False, True]
    assert browser.run("document.querySelectorAll('.charts')[1].querySelector('.u-over') !== null")
    assert browser.complaints() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screenshots_show_charts_that_are_drawn(browser: Browser, folder: Path, tmp_path: Path, scheme: str) -> None:
    browser.prefer(scheme)
    show_with_video(browser, folder)
    browser.screenshot(tmp_path / f"{scheme}.png")
    assert (tmp_path / f"{scheme}.png").stat().st_size > 50_000
    inked = """[...document.querySelectorAll('canvas')].map(canvas => {
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        return pixels.some(value => value > 0);
    })"""
    assert browser.run(inked) == [True, True]


def test_it_prints_with_everything_open_and_closes_again(browser: Browser, folder: Path, tmp_path: Path) -> None:
    show_with_video(browser, folder)
    browser.run("dispatchEvent(new Event('beforeprint'))")
    closed = "document.querySelectorAll('.methods details:not([open])').length"
    assert browser.run(closed) == 0
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert browser.run(closed) > 0
    browser.print_to(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_long_clip_opens_quickly(browser: Browser, tmp_path: Path) -> None:
    recording = pages.recording(tmp_path / "long.npz", seconds=120.0, is_track=True)
    write(tmp_path / "report.html", recording, None, end_s=119.0)
    show(browser, tmp_path / "report.html")
    assert browser.run("document.querySelectorAll('.u-over').length") == 2
    assert browser.run("performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart") < 5000
