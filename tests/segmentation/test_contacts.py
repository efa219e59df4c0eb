"""Ground contact: how high feet come and how long they stay down, between frames."""

from __future__ import annotations

import numpy as np
import pytest
from tests.athlete import Film, filmed
from tests.movements.fast_feet import FastFeet, fast_feet

from formcheck.kinematics.motion import Motion
from formcheck.segmentation.alternation import of_thighs
from formcheck.segmentation.contacts import contact_seconds, foot_height
from formcheck.segmentation.performance import Performance
from formcheck.segmentation.steps import every_stepping
from formcheck.vocabulary import Side


def performed(drill: FastFeet, fps: float = 60.0) -> Performance:
    motion = Motion(filmed(fast_feet(drill), drill.lasts, Film(fps=fps)))
    (bout,) = every_stepping(motion, of_thighs)
    return Performance(motion, bout)


@pytest.mark.parametrize("duty", [0.40, 0.50, 0.60])
def test_contacts_are_timed_to_a_frame_plus_the_flat_ends_of_the_swing(duty: float) -> None:
    """A foot that comes up as a sine is below a quarter of its height for 16 % of its swing."""
    drill = FastFeet(duty=duty)
    performance = performed(drill)
    stays = [seconds for _, seconds in contact_seconds(performance, performance.reps(), Side.RIGHT)]
    assert len(stays) >= 8
    swing = 120.0 / drill.cadence - drill.contact
    assert np.median(stays) == pytest.approx(drill.contact + 0.16 * swing, abs=0.017)


@pytest.mark.parametrize("height", [0.12, 0.3, 0.5])
def test_the_height_of_feet_is_read_in_shank_lengths(height: float) -> None:
    performance = performed(FastFeet(height=height))
    found = [foot_height(performance.motion, rep.side, rep.frames) for rep in performance.reps() if rep.side]
    assert np.median(found) == pytest.approx(height, abs=0.02)


def test_an_unknown_foot_has_no_height() -> None:
    performance = performed(FastFeet())
    performance.motion.sharp.xy_px[40:60] = np.nan
    assert np.isnan(foot_height(performance.motion, Side.LEFT, slice(45, 55)))


def test_one_swing_alone_shows_no_contact() -> None:
    performance = performed(FastFeet())
    assert contact_seconds(performance, performance.reps()[:1], Side.LEFT) == []
