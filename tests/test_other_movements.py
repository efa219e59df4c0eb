"""What people also do in front of a camera is no exercise, from wherever it is filmed."""

from __future__ import annotations

import pytest
from tests.athlete import Camera, Film, Movement, filmed
from tests.judged import judged
from tests.movements import NEGATIVES

from formcheck.assessment import ReasonCode

YAWS = {"the side": -90.0, "the front": 0.0, "an angle": -135.0}


@pytest.mark.parametrize("yaw", YAWS.values(), ids=YAWS)
@pytest.mark.parametrize("movement", NEGATIVES.values(), ids=NEGATIVES)
def test_another_movement_is_not_recognised(movement: Movement, yaw: float) -> None:
    verdict = judged(filmed(movement, 6.0, Film(fps=30.0, camera=Camera(yaw=yaw))))
    assert verdict.exercises == []
    assert verdict.assessment.reason is not None
    assert verdict.assessment.reason.code is ReasonCode.NOT_RECOGNISED
