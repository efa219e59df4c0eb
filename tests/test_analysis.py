"""The pipeline as a whole, where no example of an exercise leads."""

from pathlib import Path

import pytest
from tests.pose.people import sequence

from formcheck import analysis
from formcheck.analysis import Options, analyse
from formcheck.assessment import ReasonCode
from formcheck.pose.following import Followed
from formcheck.video.clip import ClipInfo


def test_a_single_picture_gets_no_verdict_and_is_told_why(monkeypatch: pytest.MonkeyPatch) -> None:
    clip = ClipInfo(
        name="a.mp4", path="a.mp4", sha256="0" * 64, duration_s=0.04, frames=1, fps=0.0, width=400, height=300
    )
    seen = Followed(clip=clip, poses=sequence(1), is_track=False, warnings=())
    monkeypatch.setattr(analysis, "follow", lambda *_, **__: seen)
    made = analyse([Path("a.mp4")], Options())
    assert made.assessment.reason is not None
    assert made.assessment.reason.code is ReasonCode.TOO_SHORT
    assert "single picture" in made.assessment.reason.message
    assert len(made.recordings[0].angles["trunk_lean"]) == 1
