"""The built documentation: a page for every exercise, everything public described, and nothing fetched from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.browser.chromium import Browser, required

import formcheck
from formcheck import exercises

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "build" / "docs"
HINT = "build the site first: make docs"
CATALOGUE = exercises.load_all()
THEME = "https://github.com/pradyunsg/furo"
"""The one hyperlink that leads out, the theme's credit; nothing is loaded from there."""
LOOKED_AT = (
    "index.html",
    "filming.html",
    "exercises/lunge.html",
    "command-line.html",
    "python-api.html",
    "accuracy.html",
)

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("site")]


class Links(HTMLParser):
    """Collects what a page loads by itself, and where its hyperlinks lead."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.hyperlinks: list[str] = []
        self.ids: set[str] = set()
        self.feed(text_of(page))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        addresses = [given[name] for name in ("src", "data", "poster", "href") if name in given]
        addresses += [part.split()[0] for part in given.get("srcset", "").split(",") if part.split()]
        (self.hyperlinks if tag == "a" else self.loaded).extend(addresses)


def text_of(page: Path) -> str:
    assert page.is_file(), f"{page} is missing; {HINT}"
    return page.read_text(encoding="utf-8")


def pages() -> list[Path]:
    found = sorted(SITE.rglob("*.html"))
    assert len(found) > len(CATALOGUE), HINT
    return found


def leads_out(address: str) -> bool:
    return address.startswith("//") or bool(re.match(r"(?!data:|mailto:)[a-z][a-z0-9+.-]*:", address, re.IGNORECASE))


@pytest.mark.parametrize("name", CATALOGUE)
def test_an_exercise_has_its_page_with_every_criterion(name: str) -> None:
    page = SITE / "exercises" / f"{name}.html"
    shown = unescape(re.sub(r"<[^>]+>", "", text_of(page)))
    ids = Links(page).ids
    for criterion in CATALOGUE[name].criteria:
        assert f"{name}.{criterion.key}".replace("_", "-").replace(".", "-") in ids
        assert {text for text in (criterion.title, criterion.cue, criterion.basis) if text not in shown} == set()
    assert f"images/{name}.svg" in text_of(page)


def test_every_public_name_is_described() -> None:
    ids = Links(SITE / "python-api.html").ids
    assert {name for name in formcheck.__all__ if f"formcheck.{name}" not in ids} == {"__version__"}


def test_the_command_lines_page_shows_commands_options_and_exit_codes() -> None:
    shown = unescape(re.sub(r"<[^>]+>", "", text_of(SITE / "command-line.html")))
    for words in (
        "formcheck analyze",
        "formcheck batch",
        "formcheck list",
        "formcheck explain",
        "--merge-views",
        "130",
    ):
        assert words in shown


def test_no_page_loads_anything_from_outside() -> None:
    found = {page.name: [a for a in Links(page).loaded if leads_out(a)] for page in pages()}
    assert {name: addresses for name, addresses in found.items() if addresses} == {}


def test_no_hyperlink_leads_out_but_the_credit_of_the_theme() -> None:
    assert {a for page in pages() for a in Links(page).hyperlinks if leads_out(a)} == {THEME}


def test_no_style_sheet_and_no_drawing_loads_anything_from_outside() -> None:
    style = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")
    files = [path for path in SITE.rglob("*") if path.suffix in {".css", ".svg", ".html"}]
    found = {a or b for path in files for a, b in style.findall(path.read_text(encoding="utf-8"))}
    assert {address for address in found if leads_out(address)} == set()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(required(), tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("page", LOOKED_AT)
def test_a_browser_asks_for_no_other_file_and_scrolls_no_page_sideways(browser: Browser, page: str, width: int) -> None:
    browser.size(width, 900, mobile=width < 500)
    browser.open((SITE / page).as_uri())
    assert [address for address in browser.requests() if not address.startswith(SITE.as_uri())] == []
    assert browser.complaints() == []
    assert browser.run("document.documentElement.scrollWidth") <= width
