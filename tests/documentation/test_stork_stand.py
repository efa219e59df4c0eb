"""The example of "Adding an exercise": the stork stand on synthetic motion, found, timed and judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from tests.athlete import Film, Leg, Movement
from tests.exercises.trials import SLOW_FRONT, SLOW_SIDE, Case, Trial, edges, hidden, same, verdict_on, why_unjudged
from tests.movements.one_sided_stretches import STANDING, into
from tests.movements.stretches import Stretch
from typer.testing import CliRunner

from formcheck.cli import app
from formcheck.criteria.model import Problem
from formcheck.vocabulary import Part, Side

pytestmark = pytest.mark.usefixtures("stork_stand_known")


@dataclass(frozen=True, kw_only=True)
class StorkStand(Stretch):
    """A stand on one leg: the raised ``side`` leg's ``thigh`` elevation, the trunk's ``lean``."""

    thigh: float = 90.0
    lean: float = 0.0


def stork_stand(stand: StorkStand) -> Movement:
    """Return somebody who draws a knee up, holds it and puts the foot down again."""
    raised = {stand.side: Leg(thigh=stand.thigh, knee=90.0)}
    return into(stand, replace(STANDING, legs={**STANDING.legs, **raised}, lean=stand.lean))


def seen(film: Film = SLOW_SIDE, *, given: bool = True, **changes: Any) -> Trial:
    return Trial(stork_stand, replace(StorkStand(), **changes), film, exercise="stork_stand" if given else None)


FAULTS = [
    *edges("thigh_level", "thigh", good=83.0, minor=(76.0, 68.0), major=55.0, reads=same, tolerance=2.0),
    *edges("trunk_upright", "lean", good=6.0, minor=(11.0,), major=20.0, reads=same, tolerance=2.0),
]


@pytest.mark.parametrize("side", Side)
def test_it_is_recognised_and_timed(side: Side) -> None:
    verdict = verdict_on(Trial(stork_stand, StorkStand(side=side), SLOW_SIDE))
    assert verdict.exercises == ["stork_stand"]
    (hold,) = verdict.only.holds
    assert hold.side is side
    assert hold.seconds == pytest.approx(5.0, abs=0.4)


def test_a_knee_that_is_far_too_low_is_still_a_stork_stand() -> None:
    assert verdict_on(seen(given=False, thigh=55.0)).exercises == ["stork_stand"]


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_at_its_size(case: Case) -> None:
    finding = verdict_on(seen(**case.changes)).finding(case.key)
    assert case.agrees_with(finding), (finding.status, finding.value, finding.detail)


def test_the_front_view_refers_to_the_side() -> None:
    assert why_unjudged(verdict_on(seen(SLOW_FRONT)).finding("thigh_level")) is Problem.WRONG_VIEW


def test_a_hidden_knee_is_not_judged() -> None:
    film = replace(SLOW_SIDE, hidden=hidden(Part.KNEE))
    assert why_unjudged(verdict_on(seen(film)).finding("thigh_level")) is Problem.NOT_VISIBLE


def test_list_and_explain_know_it_without_being_told() -> None:
    assert "stork_stand" in CliRunner().invoke(app, ["list"]).output
    assert "80° or more" in CliRunner().invoke(app, ["explain", "stork_stand.thigh_level"]).output
