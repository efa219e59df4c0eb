"""Pages and tables that are written from the program itself, so that nothing in them can go stale."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from docs import command_reference
from markupsafe import Markup

from formcheck import exercises
from formcheck.criteria.exercise import Exercise
from formcheck.criteria.model import Criterion, Finding, Kind, PerSide, RequiredView
from formcheck.report import wording
from formcheck.scoring import weight
from formcheck.vocabulary import Status, Unit

DOCS = Path(__file__).resolve().parent
UNITS = {Unit.PER_MINUTE: "times a minute", Unit.SECONDS: "seconds", Unit.RATIO: "percent"}
SHORT_VIEWS = {RequiredView.SIDE: "side", RequiredView.FRONT: "front or back", RequiredView.ANY: "any"}
ANSWERED = {
    RequiredView.SIDE: "from the side",
    RequiredView.FRONT: "from the front or from behind",
    RequiredView.ANY: "from anywhere",
}
NEVER = "–"
MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>|#~])")


def write_pages(docs: Path) -> None:
    """Write a page for each exercise into ``exercises`` and the tables that other pages include into ``generated``."""
    catalogue = tuple(exercises.load_all().values())
    write_folder(docs / "exercises", {"index": overview(catalogue), **{e.id: exercise_page(e) for e in catalogue}})
    write_folder(
        docs / "generated",
        {
            "views": views_table(catalogue),
            "kinds": kinds_table(),
            "commands": command_reference.commands(),
            "exit_codes": command_reference.exit_codes(),
        },
    )


def write_folder(folder: Path, pages: Mapping[str, str]) -> None:
    """Make ``folder`` hold these pages and no other; one that stays as it was is not touched, nor built again."""
    folder.mkdir(exist_ok=True)
    for stale in {path for path in folder.glob("*.md") if path.stem not in pages}:
        stale.unlink()
    for name, text in pages.items():
        path = folder / f"{name}.md"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def exercise_page(exercise: Exercise) -> str:
    """Return one exercise's page."""
    picture = DOCS / "images" / "exercises" / f"{exercise.id}.svg"
    return _rendered("exercise.md.jinja", exercise=exercise, has_picture=picture.is_file())


def overview(catalogue: Iterable[Exercise]) -> str:
    """Return the catalogue's first page: every exercise below its section."""
    sections: dict[str, list[Exercise]] = {}
    for exercise in catalogue:
        sections.setdefault(exercise.section, []).append(exercise)
    return _rendered("exercises.md.jinja", sections=sections)


def views_table(catalogue: Iterable[Exercise]) -> str:
    """Return which exercise wants which view, and how many of its criteria each view answers."""
    rows = []
    for exercise in catalogue:
        counts = view_counts(exercise)
        numbers = [str(counts[view] or NEVER) for view in SHORT_VIEWS]
        name = f"[{escaped(exercise.name)}](exercises/{exercise.id}.md)"
        rows.append([name, escaped(capitalised(exercise.film)), *numbers])
    return table(["exercise", "film it", *SHORT_VIEWS.values()], rows)


def kinds_table() -> str:
    """Return what the kinds of criteria mean and what each weighs in the score."""
    rows = [[f"`{kind}`", escaped(wording.kind_words(kind)), f"{weight(kind):g}"] for kind in Kind]
    return table(["kind", "what it is", "weight"], rows)


def view_counts(exercise: Exercise) -> Counter[RequiredView]:
    """Return how many criteria each view answers."""
    return Counter(criterion.view for criterion in exercise.criteria)


def band_cell(criterion: Criterion, status: Status) -> str:
    """Return in a few words which values get a status."""
    if criterion.worst is Status.INFO:
        return NEVER
    if status is Status.GOOD:
        return wording.range_words(criterion.bands.good, criterion.unit)
    if status is Status.MAJOR:
        return "else" if criterion.worst is Status.MAJOR else NEVER
    if criterion.worst is Status.MINOR or not criterion.bands.minor:
        return "else"
    return " or ".join(wording.range_words(band, criterion.unit) for band in criterion.bands.minor)


def views_sentence(exercise: Exercise) -> str:
    """Return how many of the criteria each camera view answers."""
    counts = view_counts(exercise)
    parts = [f"{counts[view]} {words}" for view, words in ANSWERED.items() if counts[view]]
    return f"Of its {len(exercise.criteria)} criteria formcheck can judge {wording.listed(parts)}."


def fault_words(criterion: Criterion) -> str:
    """Return how a fault is told, as a sentence; what only stands for something unseen looks like it."""
    finding = Finding(criterion=criterion, side=None, status=criterion.worst)
    return wording.fault_words(finding)


def told_of(exercise: Exercise, criterion: Criterion) -> list[tuple[str, str]]:
    """Return labels and Markdown of everything that a criterion's data tell."""
    told = [
        ("If not", fault_words(criterion)),
        ("Cue", criterion.cue),
        ("View", capitalised(wording.required_view_words(criterion.view))),
        ("Bands", capitalised("; ".join(wording.bands_words(criterion)))),
        ("Read on", capitalised(measured(criterion))),
        ("How", reading(criterion)),
        ("Why these bands", criterion.basis),
        ("What it is", capitalised(wording.kind_words(criterion.kind))),
        ("Where it stands", criterion.reference),
    ]
    marked = [(label, escaped(words)) for label, words in told if words]
    return [*marked, ("Key", f"`{exercise.id}.{criterion.key}`")]


def measured(criterion: Criterion) -> str:
    """Return of what, in which unit and from how many repetitions a criterion is read."""
    whom = "each working side by itself" if criterion.per_side is PerSide.WORKING_SIDES else "the whole body"
    words = f"{whom}, in {UNITS.get(criterion.unit, criterion.unit.value)}"
    return f"{words}, from {criterion.least} repetitions on" if criterion.least > 1 else words


def reading(criterion: Criterion) -> str:
    """Return the first sentence that the measuring function says of itself; nothing where it has none of its own."""
    measure = criterion.measure
    told = getattr(measure, "__doc__", None) if hasattr(measure, "__qualname__") else None
    first = (told or "").strip().split("\n\n")[0].replace("\n", " ")
    return re.sub(r"\s+", " ", first)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table of cells that are Markdown already."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def escaped(text: str) -> str:
    """Return text as Markdown that shows just it."""
    return MARKDOWN_SIGNS.sub(r"\\\1", text)


def capitalised(text: str) -> str:
    """Return text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def _rendered(template: str, **content: Any) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(DOCS / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: escaped(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    environment.filters["sentence"] = lambda text: f"{capitalised(text).rstrip('.')}."
    return environment.get_template(template).render(
        Status=Status,
        band_cell=band_cell,
        short_views=SHORT_VIEWS,
        views_sentence=views_sentence,
        told_of=told_of,
        **content,
    )
