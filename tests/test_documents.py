"""The documents say what the program does: options, commands, files and system libraries."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import formcheck

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/accuracy.md",
    "models/README.md",
    "sample_videos/README.md",
)


def help_of(*command: str) -> str:
    asked = [sys.executable, "-m", "formcheck", *command, "--help"]
    return subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True).stdout


def options_in(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))


def test_the_readme_names_every_option_of_analyze_and_no_other() -> None:
    table = README[README.index("| option of `analyze`") : README.index("The exit code is 0")]
    assert options_in(table) == options_in(help_of("analyze")) - {"--help"}


def test_the_readme_names_every_option_that_batch_has_beyond_analyze_and_no_other() -> None:
    table = README[README.index("| option of `batch`") : README.index("Who and when comes from")]
    further = options_in(help_of("batch")) - options_in(help_of("analyze"))
    assert options_in(table) - {"--merge-views"} == further


def test_the_readme_names_every_command() -> None:
    offered = help_of().split("Commands:")[1]
    commands = re.findall(r"^  ([a-z]+) {2,}\S", offered, flags=re.MULTILINE)
    assert commands
    assert all(f"`formcheck {command}" in README for command in commands)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_points_to_exists(document: str) -> None:
    path = ROOT / document
    text = path.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    headings = {"#" + heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    known = {target for target in targets if target in headings or (path.parent / target).exists()}
    assert [target for target in targets if target not in known] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_make_command_of_a_document_exists(document: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, flags=re.MULTILINE))
    named = re.findall(r"`make ([a-z][a-z-]*)|^make ([a-z][a-z-]*)", (ROOT / document).read_text(), flags=re.MULTILINE)
    assert {first or second for first, second in named} <= targets


def test_the_readme_names_the_system_libraries_that_the_set_up_installs() -> None:
    script = (ROOT / "scripts" / "set_up.sh").read_text(encoding="utf-8")
    found = re.search(r'^libraries="([^"]+)"', script, flags=re.MULTILINE)
    assert found is not None
    assert f"sudo apt-get install -y {found.group(1)}" in README


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in changelog or f"## [{formcheck.__version__}]" in changelog
