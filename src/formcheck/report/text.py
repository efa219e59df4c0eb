"""The verdict as a runner reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from formcheck.assessment import Assessment, ExerciseAssessment, Hold, NoVerdict, Recognition
from formcheck.criteria.model import Evidence, Finding, Problem, RequiredView
from formcheck.report.coach import headline
from formcheck.report.wording import (
    STATUS_WORDS,
    amount,
    fault_words,
    listed,
    plain,
    range_words,
    required_view_words,
    seconds,
    share_words,
    side_words,
    uncapitalised,
    view_words,
)
from formcheck.scoring import LEAST_COVERAGE
from formcheck.vocabulary import Side, Status, Unit

WORST_SHOWN = 3
_MOMENTS_SHOWN = 3
_SURE_ENOUGH = 0.8
_WIDEST = 100
_FAMILIAR_UNITS = {Unit.DEGREES, Unit.SECONDS, Unit.PER_MINUTE}
_SHORT_UNITS = {Unit.DEGREES, Unit.DEGREES_PER_SECOND, Unit.SECONDS, Unit.PERCENT, Unit.RATIO}
_COLOURS = {Status.MAJOR: "bold red", Status.MINOR: "yellow"}


def print_verdict(assessment: Assessment, console: Console, folder: Path | None = None) -> None:
    """Print the verdict on one clip, and where its result folder is."""
    width = min(console.width, _WIDEST)
    console.print(verdict(assessment, folder), width=width, highlight=False)


def verdict(assessment: Assessment, folder: Path | None = None) -> RenderableType:
    """Return the verdict on one clip, ready to print at any width."""
    names = [clip.name for clip in assessment.clips]
    parts: list[RenderableType] = [Text(listed([plain(name) for name in names]), "bold")]
    if assessment.reason is not None:
        parts += _no_verdict(assessment.reason)
    for each in assessment.assessments:
        several = len(assessment.assessments) > 1
        parts += [*([Text("")] if several else []), *_Telling(each, names, several).parts()]
    if folder is not None:
        parts += [Text(""), Text(f"Results in {plain(str(folder))}/", "dim")]
    return Group(*parts, Text(""))


def _no_verdict(reason: NoVerdict) -> list[RenderableType]:
    return [Text(f"Not assessed: {plain(reason.message)}", "yellow"), Text(plain(reason.remedy))]


@dataclass(frozen=True)
class _Telling:
    """One assessment as paragraphs, in the order in which a coach would speak."""

    assessment: ExerciseAssessment
    clip_names: Sequence[str]
    one_of_several: bool

    def parts(self) -> list[RenderableType]:
        paragraphs = (
            self._seen(),
            self._score(),
            self._good(),
            self._faults(),
            self._measured(),
            self._not_judged(),
            self._warnings(),
        )
        return [part for paragraph in paragraphs if paragraph for part in (*paragraph, Text(""))][:-1]

    def _seen(self) -> list[RenderableType]:
        each = self.assessment
        where = f" ({seconds(each.start_s)} to {seconds(each.end_s)})" if self.one_of_several else ""
        verdict_in_short = Text(headline(each), "bold")
        heading = Text.assemble((plain(each.exercise.name), "bold cyan"), f"{where}, {_chosen(each.exercise)}.")
        done = ", ".join(part for part in (f"Filmed {view_words(each.view)}", *_done(each)) if part)
        return [verdict_in_short, heading, *_doubt(each.exercise), Text(f"{done}.")]

    def _score(self) -> list[RenderableType]:
        each = self.assessment
        if each.coverage < LEAST_COVERAGE:
            return [Text("No score: too little could be judged from this view.", "yellow")]
        if each.score is None:
            return [Text("No score: nothing that was judged counts towards one.")]
        judged = "everything that" if each.coverage >= 0.995 else f"{100 * each.coverage:.0f} % of what"
        return [Text.assemble((f"Score {each.score:.0f} of 100", "bold"), f", from {judged} counts.")]

    def _good(self) -> list[RenderableType]:
        told = [self._praise(key) for key in self.assessment.strengths]
        if told:
            return [Text.assemble(("Good: ", "bold green"), f"{listed(told)}.")]
        return []

    def _praise(self, key: str) -> str:
        findings = [finding for finding in self._findings(key) if finding.status is Status.GOOD]
        if not findings:
            return key
        title = uncapitalised(_title(findings))
        values = _values(findings) if findings[0].criterion.unit in _FAMILIAR_UNITS else ""
        return f"{title} ({values})" if values else title

    def _faults(self) -> list[RenderableType]:
        pitfalls = self.assessment.pitfalls
        if not pitfalls:
            if not any(finding.status is Status.GOOD for finding in self.assessment.criteria):
                return []
            praise = "" if self.assessment.score is None else " Keep it up!"
            return [Text(f"Nothing to correct in what this clip shows.{praise}", "green")]
        table = Table.grid(padding=(0, 1))
        table.add_column(justify="right", width=2)
        table.add_column()
        for number, key in enumerate(pitfalls[:WORST_SHOWN], start=1):
            table.add_row(f"{number}.", self._fault(key))
        return [Text("To work on", "bold"), table, *_more(len(pitfalls) - WORST_SHOWN)]

    def _fault(self, key: str) -> RenderableType:
        findings = [f for f in self._findings(key) if f.status in {Status.MINOR, Status.MAJOR}]
        if not findings:
            return Text(key)
        worst = min(findings, key=lambda finding: finding.status is not Status.MAJOR)
        sides = side_words(finding.side for finding in findings)
        heading = Text.assemble(
            (f"{_title(findings)}{', ' if sides else ''}{sides}", "bold"),
            " ",
            (f"({STATUS_WORDS[worst.status]})", _COLOURS[worst.status]),
        )
        facts = [self._fact(finding, len(findings) > 1) for finding in findings]
        return Group(heading, Text(fault_words(worst)), *facts, Text(f"→ {plain(worst.criterion.cue)}", "cyan"))

    def _fact(self, finding: Finding, name_side: bool) -> Text:
        side = f"{finding.side.value}: " if name_side and finding.side else ""
        parts = (
            f"{side}{_measured_against_band(finding)}",
            share_words(finding, _noun(self.assessment)),
            self._moments(finding.evidence),
            plain(finding.detail),
        )
        return Text(" · ".join(part for part in parts if part), "dim")

    def _moments(self, evidence: Sequence[Evidence]) -> str:
        moments = sorted(evidence[:_MOMENTS_SHOWN], key=lambda moment: (moment.clip, moment.time_s))
        several = len(self.clip_names) > 1
        told = [
            f"{seconds(moment.time_s)} ({plain(self.clip_names[moment.clip])})" if several else seconds(moment.time_s)
            for moment in moments
        ]
        return f"see {listed(told)}" if told else ""

    def _measured(self) -> list[RenderableType]:
        told = [
            f"{_title([finding])}{f', {finding.side.value}' if finding.side else ''}: {_measured_against_aim(finding)}"
            for finding in self.assessment.criteria
            if finding.status is Status.INFO and finding.value is not None
        ]
        return [Text("Also measured", "bold"), *_bullets(told)] if told else []

    def _not_judged(self) -> list[RenderableType]:
        told = list(_unanswered(self.assessment.criteria))
        return [Text("Could not be judged", "bold"), *_bullets(told)] if told else []

    def _warnings(self) -> list[RenderableType]:
        warnings = [plain(warning) for warning in self.assessment.quality.warnings]
        return [Text("About the clip", "bold yellow"), *_bullets(warnings)] if warnings else []

    def _findings(self, key: str) -> list[Finding]:
        return [finding for finding in self.assessment.criteria if finding.criterion.key == key]


def _chosen(exercise: Recognition) -> str:
    return "as you said" if exercise.chosen_by == "given" else f"recognised ({100 * exercise.confidence:.0f} % sure)"


def _doubt(exercise: Recognition) -> list[RenderableType]:
    others = [other.id for other in exercise.alternatives if exercise.chosen_by == "recognised"]
    if not others or exercise.confidence >= _SURE_ENOUGH:
        return []
    return [Text(f"It could also be {' or '.join(others[:2])}: say which with --exercise.", "yellow")]


def _done(each: ExerciseAssessment) -> Iterator[str]:
    if each.repetitions:
        yield _counted(each)
    if each.cadence_steps_per_minute is not None:
        yield f"{each.cadence_steps_per_minute:.0f} steps a minute"
    if each.holds:
        yield f"held {listed([_hold(hold) for hold in each.holds])}"


def _counted(each: ExerciseAssessment) -> str:
    total = len(each.repetitions)
    noun = _noun(each)
    by_side = [(side, sum(repetition.side is side for repetition in each.repetitions)) for side in Side]
    told = [side.value if count == total else f"{count} {side.value}" for side, count in by_side if count]
    valid = sum(repetition.valid for repetition in each.repetitions)
    if valid < total:
        told.append(f"{valid} of full range")
    counted = f"{total} {noun if total != 1 else noun.removesuffix('s')}"
    return f"{counted} ({', '.join(told)})" if told else counted


def _hold(hold: Hold) -> str:
    side = f"{hold.side.value} " if hold.side else ""
    if hold.good_seconds is None:
        return f"{side}{seconds(hold.seconds)}"
    all_of_it = round(hold.good_seconds, 1) >= round(hold.seconds, 1)
    good = "all" if all_of_it else seconds(hold.good_seconds)
    return f"{side}{seconds(hold.seconds)} ({good} of it in good form)"


def _noun(each: ExerciseAssessment) -> str:
    if each.cadence_steps_per_minute is not None:
        return "steps"
    return "holds" if each.holds and not each.repetitions else "repetitions"


def _title(findings: Sequence[Finding]) -> str:
    return plain(findings[0].criterion.title)


def _values(findings: Iterable[Finding]) -> str:
    return ", ".join(f"{f'{f.side.value} ' if f.side else ''}{_value(f)}" for f in findings if f.value is not None)


def _value(finding: Finding) -> str:
    return "" if finding.value is None else amount(finding.value, finding.criterion, finding.bands)


def _measured_against_band(finding: Finding) -> str:
    unit = finding.criterion.unit
    good = range_words((finding.bands or finding.criterion.bands).good, unit, with_unit=unit in _SHORT_UNITS)
    return f"{_value(finding)}, good is {good}"


def _measured_against_aim(finding: Finding) -> str:
    bands = finding.bands or finding.criterion.bands
    has_aim = bands.good.low is not None or bands.good.high is not None
    aim = f" (aim: {range_words(bands.good, finding.criterion.unit)})" if has_aim else ""
    detail = f", {plain(finding.detail)}" if finding.detail else ""
    return f"{_value(finding)}{aim}{detail}"


def _more(count: int) -> list[RenderableType]:
    if count <= 0:
        return []
    return [Text(f"And {count} more, in the report.", "dim")]


def _unanswered(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield one line for each reason: the views that would answer first, then what else was in the way."""
    open_questions = [finding for finding in findings if finding.reason is not None]
    by_view: dict[RequiredView, list[Finding]] = {}
    by_message: dict[str, list[Finding]] = {}
    for finding in open_questions:
        reason = finding.reason
        if reason is None:
            continue
        if reason.code is Problem.WRONG_VIEW and reason.view is not None:
            by_view.setdefault(reason.view, []).append(finding)
        else:
            by_message.setdefault(reason.message, []).append(finding)
    for view, group in by_view.items():
        yield f"{required_view_words(view).capitalize()} would show: {_titles(group)}."
    for message, group in by_message.items():
        yield f"{_titles(group)}: {plain(message)}"


def _titles(findings: Sequence[Finding]) -> str:
    """Return each title once; the side stands with it where only one of two sides is meant."""
    sides: dict[str, list[Side | None]] = {}
    for finding in findings:
        sides.setdefault(plain(finding.criterion.title), []).append(finding.side)
    return listed(
        [
            f"{title} ({only[0].value})" if len(only) == 1 and only[0] is not None else title
            for title, only in sides.items()
        ]
    )


def _bullets(lines: Iterable[str]) -> list[RenderableType]:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", width=2)
    table.add_column()
    for line in lines:
        table.add_row("•", Text(line))
    return [Padding(table, 0)]
