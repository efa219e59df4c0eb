"""Who is in a clip, when and doing what: from its path, from a table of the club's, or from the file itself."""

from __future__ import annotations

import csv
import io
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePath

from formcheck.batch.rows import RECORDED_AT
from formcheck.batch.tables import own_names
from formcheck.errors import UsageError
from formcheck.report.json_file import storable
from formcheck.report.wording import listed, plain, quoted
from formcheck.vocabulary import Context

FILE, ATHLETE, DATE, EXERCISE, CONTEXT, JOG, OTHER = (
    "file", "athlete", "date", "exercise", "context", "jog_minutes", "other"
)  # fmt: skip
PLACEHOLDERS = {
    ATHLETE: r"[^/]+?",
    DATE: r"\d{4}[-_.]?\d{2}[-_.]?\d{2}",
    EXERCISE: r"[^/]+?",
    OTHER: r"[^/]*?",
}
"""What a pattern over the path may name; ``other`` stands for any part that means nothing here."""
MOST_BYTES = 50_000_000


@dataclass(frozen=True, kw_only=True)
class About:
    """What is known about one clip before anybody looks at it; ``more`` are further columns of the club's table."""

    athlete: str | None = None
    date: str | None = None
    exercise: str | None = None
    context: Context | None = None
    jog_minutes: float | None = None
    more: Mapping[str, str] = field(default_factory=dict)


class NamePattern:
    """A pattern such as ``{athlete}/{date}_{exercise}`` over the last parts of a path, the ending left out.

    Raises
    ------
    UsageError
        Where the pattern names nothing, something unknown, or the same thing twice.
    """

    def __init__(self, pattern: str) -> None:
        names = re.findall(r"\{([^{}]*)\}", pattern)
        unknown = [name for name in names if name not in PLACEHOLDERS]
        choices = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        if unknown or not {*names} - {OTHER}:
            found = f"knows no {{{plain(unknown[0])}}}" if unknown else f"{quoted(pattern)} names nothing"
            raise UsageError(
                f"--name-pattern {found}: choose from {choices}, such as {{athlete}}/{{date}}_{{exercise}}."
            )
        if twice := [name for name in PLACEHOLDERS if name != OTHER and names.count(name) > 1]:
            raise UsageError(f"--name-pattern names {{{twice[0]}}} more than once: use {{other}} for one of them.")
        parts = re.split(r"(\{[^{}]*\})", unicodedata.normalize("NFC", pattern).strip("/"))
        self._expression = re.compile("(?:.*/)?" + "".join(map(_expression, parts)), re.DOTALL)

    def read(self, path: PurePath) -> About | None:
        """Return what a path tells, None where it does not fit the pattern."""
        found = self._expression.fullmatch(_normal(path.parent / path.stem))
        if found is None:
            return None
        told = {name: value.strip() or None for name, value in found.groupdict().items()}
        day = None if told.get(DATE) is None else iso_date(told[DATE] or "")
        if DATE in told and day is None:
            return None
        return About(athlete=told.get(ATHLETE), date=day, exercise=told.get(EXERCISE))


def _expression(part: str) -> str:
    name = part[1:-1]
    if name not in PLACEHOLDERS or part != f"{{{name}}}":
        return re.escape(part)
    return PLACEHOLDERS[name] if name == OTHER else f"(?P<{name}>{PLACEHOLDERS[name]})"


def _normal(path: PurePath) -> str:
    return unicodedata.normalize("NFC", path.as_posix())


def iso_date(text: str) -> str | None:
    """Return a day as YYYY-MM-DD: from that, from YYYYMMDD, with _ or . between, from DD.MM.YYYY; None for others."""
    text = text.strip()[:10]
    for expression in (
        r"(?P<y>\d{4})([-_.]?)(?P<m>\d{2})\2(?P<d>\d{2})",
        r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})",
    ):
        if found := re.fullmatch(expression, text, flags=re.ASCII):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                return None
    return None


class ClubTable:
    """A CSV of the club's, a row for each clip: ``file`` and any of athlete, date, exercise, context, jog_minutes.

    Further columns go into the summary as they are. ``file`` may be a path, as seen from the table or from here, or
    only the path's last parts.

    Raises
    ------
    UsageError
        Where the table cannot be read, or a value in it cannot be understood.
    """

    def __init__(self, table: Path) -> None:
        self._table = table
        rows = _rows(table)
        self.columns = tuple(name for name in next(iter(rows.values())) if name not in _KNOWN) if rows else ()
        if clash := sorted({*self.columns} & own_names()):
            raise UsageError(f"{quoted(table)} has a column {quoted(clash[0])}, which formcheck fills in: rename it.")
        self._about: dict[str, About] = {}
        for number, row in rows.items():
            self._add(row, number)
        self.unused = {*self._about}

    def _add(self, row: Mapping[str, str], number: int) -> None:
        if not row[FILE]:
            return
        name = _normal(PurePath(os.path.normpath(row[FILE])))
        if name in self._about:
            raise UsageError(f"{quoted(self._table)} names {quoted(row[FILE])} twice: keep one of the lines.")
        self._about[name] = About(
            athlete=row.get(ATHLETE) or None,
            date=self._date(row, number),
            exercise=row.get(EXERCISE) or None,
            context=self._context(row, number),
            jog_minutes=self._minutes(row, number),
            more={column: row[column] for column in self.columns},
        )

    def read(self, path: Path) -> About | None:
        """Return what the table says about a clip, None where it says nothing; whole paths go before last parts."""
        near = Path(os.path.relpath(path, self._table.absolute().parent))
        whole = [_normal(near), _normal(PurePath(os.path.normpath(path))), _normal(path.absolute())]
        parts = PurePath(_normal(path.absolute())).parts
        ends = ["/".join(parts[start:]) for start in range(1, len(parts))]
        for name in (*whole, *ends):
            if name in self._about:
                self.unused.discard(name)
                return self._about[name]
        return None

    def _date(self, row: Mapping[str, str], number: int) -> str | None:
        day = iso_date(row.get(DATE, ""))
        if row.get(DATE) and day is None:
            raise self._misread(number, row[DATE], "a date", "YYYY-MM-DD")
        return day

    def _context(self, row: Mapping[str, str], number: int) -> Context | None:
        try:
            return Context(row[CONTEXT].lower()) if row.get(CONTEXT) else None
        except ValueError:
            raise self._misread(
                number, row[CONTEXT], "a context", listed([*Context]).replace(" and ", " or ")
            ) from None

    def _minutes(self, row: Mapping[str, str], number: int) -> float | None:
        text = row.get(JOG, "").replace(",", ".")
        if text and not re.fullmatch(r"\d{1,4}(\.\d+)?", text, flags=re.ASCII):
            raise self._misread(number, row[JOG], "a number of minutes", "digits, such as 8")
        return float(text) if text else None

    def _misread(self, number: int, value: str, what: str, wanted: str) -> UsageError:
        return UsageError(f"Line {number} of {quoted(self._table)}: {quoted(value)} is not {what}; write {wanted}.")


_KNOWN = (FILE, ATHLETE, DATE, EXERCISE, CONTEXT, JOG)


def _rows(table: Path) -> dict[int, dict[str, str]]:
    """Return the rows of a CSV by their lines: comma, semicolon or tab, cells as trimmed text, names in small letters.

    Raises
    ------
    UsageError
        Where the file is none, or has no column for the clips' names.
    """
    text = _text_of(table)
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        lines = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        where = f"Line {reader.line_num} of {quoted(table)}"
        raise UsageError(f"{where} cannot be read as a row of a table ({error}): save it as CSV again.") from error
    names = [name.strip().lower() for name in (lines[0][1] if lines else ())]
    if FILE not in names:
        raise UsageError(f"The table {quoted(table)} has no column 'file': its first line must name the columns.")
    return {
        number: dict(zip(names, (*map(str.strip, line), *[""] * len(names)), strict=False))
        for number, line in lines[1:]
        if any(line)
    }


def _text_of(table: Path) -> str:
    try:
        with table.open("rb") as file:  # a device has no size, so that reading has to stop by itself
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise UsageError(f"{quoted(table)} is too big for a table of clips: give the CSV with the clips' names.")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"The table {quoted(table)} cannot be read: {(error.strerror or '').lower()}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"The table {quoted(table)} is not text in UTF-8: save it as CSV with that encoding."
        ) from error


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where to learn about clips, the surest first: the club's table, then the path."""

    table: ClubTable | None = None
    pattern: NamePattern | None = None

    def about(self, path: Path) -> About:
        """Return all that the sources tell about a clip."""
        asked: Sequence[About | None] = (
            self.table.read(path) if self.table else None,
            self.pattern.read(path.absolute()) if self.pattern else None,
        )
        told = [about for about in asked if about is not None]
        return About(
            athlete=_text(about.athlete for about in told),
            date=_first(about.date for about in told),
            exercise=_first(about.exercise for about in told),
            context=next((about.context for about in told if about.context), None),
            jog_minutes=next((about.jog_minutes for about in told if about.jog_minutes is not None), None),
            more=told[0].more if told else {},
        )

    def notes(self, paths: Iterable[Path]) -> list[str]:
        """Return what the user should know: clips that no pattern fits, lines that name no clip."""
        found = []
        strange = [path for path in paths if self.pattern and self.pattern.read(path.absolute()) is None]
        if strange:
            found.append(f"{_clips(len(strange))} --name-pattern, such as {quoted(strange[0])}.")
        if self.table and self.table.unused:
            count, first = len(self.table.unused), quoted(min(self.table.unused))
            found.append(f"{count} line{'s' * (count > 1)} of --metadata name no clip of this run, such as {first}.")
        return found


def day_of(about: About, recorded_at: str | None) -> str | None:
    """Return a clip's day: as told, else as the file's own recording time says."""
    return about.date or (_day_there(recorded_at) if recorded_at else None)


def _day_there(recorded_at: str) -> str | None:
    """Return the day of a recording time where it was recorded, for which UTC, the cameras' usual, becomes our time.

    Else an evening in America would be the day after, and a morning in Asia the day before.
    """
    try:
        moment = datetime.fromisoformat(recorded_at)
    except ValueError:
        return iso_date(recorded_at)
    return (moment if moment.utcoffset() else moment.astimezone()).date().isoformat()


def described(about: About, row: Mapping[str, object]) -> dict[str, object]:
    """Return the cells of a row that do not come from the picture."""
    recorded = row.get(RECORDED_AT)
    day = day_of(about, str(recorded) if recorded else None)
    return {**about.more, "athlete": about.athlete, "date": day}


def _clips(count: int) -> str:
    return "1 clip does not fit" if count == 1 else f"{count} clips do not fit"


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _text(values: Iterable[str | None]) -> str | None:
    first = _first(values)
    return None if first is None else storable(first)
