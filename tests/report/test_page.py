import base64
import hashlib
import io
import json
import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.report import pages, verdicts
from tests.report.pages import Page

from formcheck.criteria.model import Problem, RequiredView
from formcheck.kinematics.recording import Recording
from formcheck.report.page import inert_json, render, write_page
from formcheck.report.palette import OF_STATUS, status_style
from formcheck.vocabulary import Facing, Side, Status, View

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>\n\u2028\u202e😀 & {{ 7 * 7 }}.mp4"
VENDORED = Path(__file__).parents[2] / "src/formcheck/report/vendor/uplot"


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.exercises.find", verdicts.CATALOGUE.__getitem__)


@pytest.fixture
def track() -> Recording:
    return pages.recording(Path("high knees.npz"), is_track=True)


def page_of(recording: Recording, video_name: str | None = "annotated.mp4", **changes: object) -> Page:
    stretches = (pages.stretch(recording, **changes),)
    return Page(render(pages.assessed(recording, stretches=stretches), (recording,), video_name))


def test_the_page_refers_to_nothing_but_the_video_beside_it(track: Recording) -> None:
    page = Page(
        render(pages.assessed(replace(track, is_track=False)), (replace(track, is_track=False),), "annotated.mp4")
    )
    addresses = [
        value for _, a in page.elements for name, value in a.items() if name in {"src", "href", "action", "poster"}
    ]
    assert [address for address in addresses if not address.startswith(("#", "data:"))] == ["annotated.mp4"]


def test_no_address_on_the_network_stands_in_the_page_but_in_the_chart_library_s_own_notice(track: Recording) -> None:
    html = render(pages.assessed(track), (track,), None)
    vendored = (VENDORED / "uPlot.iife.min.js").read_text(encoding="utf-8")
    assert vendored in html
    assert re.findall(r"https?:|//[a-z]+\.", html.replace(vendored, ""), re.IGNORECASE) == []


def test_the_policy_admits_exactly_the_styles_and_scripts_of_the_page(track: Recording) -> None:
    page = page_of(track)
    policy = next(a["content"] for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    programs = [text for text in page.inside("script") if not text.startswith("{")]
    for text in (*programs, *page.inside("style")):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert policy.count("sha256-") == len(programs) + len(page.inside("style"))
    assert "unsafe" not in policy


def test_nothing_on_the_page_needs_inline_handlers_or_styles(track: Recording) -> None:
    names = {name for _, attributes in page_of(track).elements for name in attributes}
    assert not {name for name in names if name.startswith("on") or name == "style"}


def test_hostile_names_are_only_ever_text(track: Recording) -> None:
    hostile = replace(track, clip=replace(track.clip, name=HOSTILE, recorded_at='"><script>'))
    ordinary = Counter(tag for tag, _ in page_of(track).elements)
    found = pages.low_knee(track)
    stretch = pages.stretch(
        hostile, replace(found, detail=HOSTILE), quality=replace(pages.stretch(track).quality, warnings=(HOSTILE,))
    )
    page = Page(render(pages.assessed(hostile, stretches=(stretch,)), (hostile,), None))
    assert Counter(tag for tag, _ in page.elements)["script"] == ordinary["script"]
    assert not page.all("img")
    assert "alert(1)" in page.words
    assert "{{ 7 * 7 }}" in page.words
    assert not {name for _, attributes in page.elements for name in attributes if name.startswith("on")}


def test_a_hostile_video_name_is_one_quoted_relative_address(track: Recording) -> None:
    page = Page(
        render(pages.assessed(track), (replace(track, is_track=False),), "javascript:alert(1)//%?#\"'<a> b.mp4")
    )
    assert page.all("video")[0]["src"] == "javascript%3Aalert%281%29%2F%2F%25%3F%23%22%27%3Ca%3E%20b.mp4"


def test_a_name_that_is_not_unicode_can_still_be_written(track: Recording, tmp_path: Path) -> None:
    strange = replace(track, clip=replace(track.clip, name=os.fsdecode(b"lunge-\xff.mp4")))
    write_page(pages.assessed(strange), (strange,), tmp_path / "report.html", None)
    assert "lunge-" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_data_cannot_end_its_script() -> None:
    text = str(inert_json({"name": "</script><!-- & \u2028\u2029 😀"}))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"name": "</script><!-- & \u2028\u2029 😀"}


def test_every_minor_and_major_finding_has_a_card_with_picture_cue_and_jump(track: Recording) -> None:
    page = page_of(track)
    assert [a["data-key"] for a in page.of_class("card")] == ["thigh_horizontal", "thigh_horizontal", "stand_tall"]
    assert len(page.of_class("picture")) == 3
    assert page.words.count("Lift the knee as if onto a step.") >= 2
    assert "in 3 of 4 repetitions" in page.words
    first = [float(a["data-time"]) for a in page.of_class("jump") if a["data-stretch"] == "0"]
    assert first[:4] == list(pages.LEFT_PEAKS_S)


def test_the_card_shows_the_value_of_its_own_moment_and_the_verdict_s_beside_its_band(track: Recording) -> None:
    changed = replace(pages.low_knee(track), value=57.0)
    page = Page(render(pages.assessed(track, stretches=(pages.stretch(track, changed),)), (track,), None))
    assert "60°" in page.inside("text")
    assert "57°" in page.inside("strong")
    assert "good is 80° or more" in page.words
    assert any("57°" in a.get("aria-label", "") for a in page.of_class("scale"))


def test_what_was_not_judged_is_listed_with_the_view_that_would_answer_and_without_a_number(track: Recording) -> None:
    unjudged = verdicts.not_judged(verdicts.CAVE_IN, Problem.WRONG_VIEW, "Filmed from the side.", RequiredView.FRONT)
    html = render(pages.assessed(track, stretches=(pages.stretch(track, unjudged),)), (track,), None)
    section = html[html.index('<h2 id="unjudged-0"') : html.index('<h2 id="quality-0"')]
    words = Page(section).words
    assert "Film from the front or from behind" in words
    assert "Knee over foot" in words
    assert "Filmed from the side." in words
    assert not re.search(r"\d", words)


def test_both_sides_of_what_was_good_are_one_line(track: Recording) -> None:
    sides = [
        verdicts.finding(verdicts.KNEE_LIFT, side, value=value, detail="on every step")
        for side, value in ((Side.LEFT, 88.0), (Side.RIGHT, 86.0))
    ]
    html = render(pages.assessed(track, stretches=(pages.stretch(track, *sides),)), (track,), None)
    section = Page(html[html.index('<h2 id="good-0"') : html.index('<h2 id="sides-0"')])
    assert section.words.count(verdicts.KNEE_LIFT.title) == 1
    assert "(on every step) left 88° right 86° good: 80° or more" in section.words


def test_a_reason_that_several_criteria_share_is_said_once(track: Recording) -> None:
    shared, own = "Filmed from the side; seen from the front only.", "A free foot held towards the camera looks low."
    findings = (
        *(
            verdicts.not_judged(criterion, Problem.WRONG_VIEW, shared, RequiredView.FRONT)
            for criterion in (verdicts.CAVE_IN, verdicts.TRUNK)
        ),
        verdicts.not_judged(verdicts.CALVES, Problem.WRONG_VIEW, own, RequiredView.FRONT),
    )
    words = Page(render(pages.assessed(track, stretches=(pages.stretch(track, *findings),)), (track,), None)).words
    assert words.count(shared) == 1
    assert words.count(own) == 1


def test_a_finding_without_verdict_makes_no_card_even_if_it_holds_a_value(track: Recording) -> None:
    odd = replace(pages.low_knee(track), status=Status.NOT_ASSESSABLE)
    page = Page(render(pages.assessed(track, stretches=(pages.stretch(track, odd),)), (track,), None))
    assert not page.of_class("card")


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        pytest.param(0.31, "no score: only 31 % of what counts could be judged", id="too little judged"),
        pytest.param(0.6, "no score: 60 % of what counts could be judged", id="no score for another reason"),
    ],
)
def test_a_missing_score_is_said_and_never_a_number(track: Recording, coverage: float, words: str) -> None:
    page = page_of(track, score=None, coverage=coverage)
    assert words in page.words
    assert "of 100" not in page.words
    assert any(a.get("aria-label") == "No score" for a in page.all("svg"))


def test_sides_that_were_both_judged_are_compared(track: Recording) -> None:
    left, right = pages.low_knee(track), replace(pages.low_knee(track, Side.RIGHT), value=71.0)
    page = Page(render(pages.assessed(track, stretches=(pages.stretch(track, left, right),)), (track,), None))
    assert "Left against right" in page.words
    assert "11°" in page.words
    one_side = Page(render(pages.assessed(track, stretches=(pages.stretch(track, left),)), (track,), None))
    assert "Left against right" not in one_side.words


def test_evidence_is_a_small_picture_of_the_athlete_in_the_frame(tmp_path: Path) -> None:
    clip = pages.filmed(tmp_path)
    page = page_of(clip)
    photos = [a["href"] for a in page.all("image")]
    assert len(photos) == 3
    for photo in photos:
        data = base64.b64decode(photo.removeprefix("data:image/jpeg;base64,"))
        assert len(data) <= 80_000
        width, height = Image.open(io.BytesIO(data)).size
        assert 60 < width < pages.WIDTH
        assert 100 < height <= pages.HEIGHT


def test_a_track_gets_stick_figures_and_no_video(track: Recording) -> None:
    page = page_of(track, video_name=None)
    assert not page.all("video")
    assert not page.all("image")
    assert len(page.of_class("figure")) == 3
    assert "There is no video with this report" in page.words


def test_a_clip_that_has_gone_still_gets_its_page(tmp_path: Path) -> None:
    gone = pages.recording(tmp_path / "gone.mp4")
    page = page_of(gone)
    assert len(page.of_class("figure")) == 3
    assert len(page.all("video")) == 1


def test_each_view_of_one_performance_has_its_own_player(tmp_path: Path) -> None:
    side, front = pages.recording(tmp_path / "side.mp4"), pages.recording(tmp_path / "front.mp4")
    from_front = replace(pages.low_knee(front), evidence=pages.read_at(front, "left_thigh_elevation", 0.4, clip=1))
    stretch = pages.stretch(side, pages.low_knee(side), from_front)
    page = Page(render(pages.assessed(side, front, stretches=(stretch,)), (side, front), "annotated.mp4"))
    assert [a["src"] for a in page.all("video")] == ["annotated.mp4", "annotated-2.mp4"]
    assert {a["data-clip"] for a in page.of_class("jump")} == {"0", "1"}


def test_a_session_shows_each_exercise_under_its_own_headings(track: Recording) -> None:
    early = pages.stretch(track, end_s=1.8)
    late = pages.stretch(
        track, pages.leaning(track), start_s=2.0, view=replace(early.view, name=View.FRONT, facing=Facing.CAMERA)
    )
    page = Page(render(pages.assessed(track, stretches=(early, late)), (track,), None))
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert {"stretch-0", "stretch-1"} <= set(ids)
    targets = {a["href"].removeprefix("#") for a in page.all("a")}
    labels = {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a}
    assert targets | labels <= set(ids)
    assert "2 exercises in one clip" in page.words


def test_a_clip_without_verdict_gets_the_reason_and_the_remedy_and_no_figure_of_form(track: Recording) -> None:
    page = Page(render(verdicts.unassessed(), (track,), None))
    assert "Nobody is in view." in page.words
    assert "Film the whole body, with the camera at hip height." in page.words
    assert not page.all("script")
    assert "°" not in page.words


def test_a_clean_performance_is_told_as_one(track: Recording) -> None:
    good = verdicts.finding(verdicts.TRUNK, None, Status.GOOD, value=4.0)
    page = Page(render(pages.assessed(track, stretches=(pages.stretch(track, good, pitfalls=()),)), (track,), None))
    assert "Looks good" in page.inside("h1")
    assert not page.of_class("card")
    assert "What was good" in page.words


def test_every_picture_can_be_heard(track: Recording) -> None:
    drawings = page_of(track).all("svg")
    assert all(a.get("aria-hidden") == "true" or a.get("aria-label") for a in drawings)


def test_a_long_clip_keeps_the_page_small() -> None:
    long = pages.recording(Path("long.npz"), seconds=200.0, is_track=True)
    html = render(pages.assessed(long, stretches=(pages.stretch(long, end_s=199.0),)), (long,), None)
    assert len(html) < 500_000


def test_unknown_angles_and_nobody_in_view_are_left_out_of_the_charts(track: Recording) -> None:
    hidden = replace(track, clean=replace(track.clean, xy_px=np.full_like(track.clean.xy_px, np.nan)), angles={})
    page = Page(render(pages.assessed(hidden, stretches=(pages.stretch(track),)), (hidden,), None))
    assert not page.of_class("chart")
    assert len(page.of_class("card")) == 3


def test_the_page_is_written_whole(track: Recording, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write_page(pages.assessed(track), (track,), target, None)
    assert target.read_text(encoding="utf-8").endswith("</html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_the_same_verdict_gives_the_same_page(track: Recording) -> None:
    once, again = (render(pages.assessed(track), (track,), "annotated.mp4") for _ in range(2))
    assert once == again


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})\b", css))


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_page_has_the_very_colours_of_the_video(track: Recording) -> None:
    html = render(pages.assessed(track), (track,), None)
    for status, colour in OF_STATUS.items():
        assert re.findall(rf"--{status}-fill: ([^;]+);", html) == ["#{:02x}{:02x}{:02x}".format(*colour)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(scheme: str) -> None:
    css = (VENDORED.parents[1] / "templates/report.css").read_text(encoding="utf-8")
    known: dict[str, str] = {}
    for sheet in (status_style(), css):
        light, dark = sheet.split("@media (prefers-color-scheme: dark)", 1)
        known |= colours(light) | (colours(dark.split("\n}", 1)[0]) if scheme == "dark" else {})
    for words in ("ink", "quiet", "good", "minor", "major", "info", "accent"):
        for ground in ("paper", "card"):
            assert contrast(known[words], known[ground]) >= 4.5, (words, ground)
    assert contrast(known["ink"], known["accent-soft"]) >= 4.5
    assert contrast(known["quiet"], known["soft"]) >= 4.5
    assert contrast(known["on-accent"], known["accent"]) >= 4.5
    for zone in ("good-zone", "minor-zone", "major-zone"):
        assert contrast(known["ink"], known[zone]) >= 4.5, zone
    for line in ("left", "right", "body", "good-fill", "major-fill"):
        assert contrast(known[line], known["paper"]) >= 3.0, line
