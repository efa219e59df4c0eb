"""Landmark tracks of rendered clips against the verdicts they got before: what changes shows here first.

After a change that is meant, ``python -m tests.data.refresh`` writes the stored results again.
"""

from __future__ import annotations

import json
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from tests.stored_results import TRACKS, result_file, verdict_on

TOLERANCES = {
    "degrees": 1.0,
    "degrees/s": 15.0,
    "1/min": 1.0,
    "s": 0.1,
    "leg lengths": 0.01,
    "trunk lengths": 0.02,
    "foot lengths": 0.05,
    "shank lengths": 0.03,
    "hip widths": 0.05,
    "ratio": 0.02,
    "%": 3.0,
    "count": 0.0,
}
"""How far a value may move, by its unit: about half of what tracking a clip again would change."""
MOMENT_S = 0.05
EVERY_TRACK = pytest.mark.parametrize("track", TRACKS, ids=lambda track: track.stem)


def stored(track: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result_file(track).read_text(encoding="utf-8"))
    return found


def test_there_is_a_result_for_every_track_and_no_other() -> None:
    assert len(TRACKS) >= 6
    assert {result_file(track) for track in TRACKS} == set((result_file(TRACKS[0]).parent).glob("*.json"))


@EVERY_TRACK
def test_a_stored_track_gets_the_stored_verdict(track: Path) -> None:
    for now, then in zip_longest(verdict_on(track), stored(track)):
        assert now["exercise"] == then["exercise"]
        assert now["view"] == then["view"]
        assert _statuses(now) == _statuses(then)
        assert set(now["pitfalls"]) == set(then["pitfalls"])
        assert _far_off(now["criteria"], then["criteria"]) == {}
        for events in ("repetitions", "holds"):
            _compare_events(now[events], then[events])


def _statuses(found: dict[str, Any]) -> dict[str, str]:
    return {key: criterion["status"] for key, criterion in found["criteria"].items()}


def _far_off(now: dict[str, Any], then: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Return the values, now and then, that moved by more than their unit allows."""
    return {
        key: (now[key]["value"], old["value"])
        for key, old in then.items()
        if old["value"] is not None and abs(now[key]["value"] - old["value"]) > TOLERANCES[old["unit"]]
    }


def _compare_events(now: list[dict[str, Any]], then: list[dict[str, Any]]) -> None:
    assert [event["side"] for event in now] == [event["side"] for event in then]
    for moment in ("start_s", "end_s"):
        assert [event[moment] for event in now] == pytest.approx([event[moment] for event in then], abs=MOMENT_S)
