"""The drawings that lie in the repository are those that the program draws, and every exercise has its own."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from docs.make_drawings import drawings

from formcheck import exercises

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
DRAWN = drawings()
NUMBER = re.compile(r"(?<![\w#])-?\d+(?:\.\d+)?")


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_what_the_program_draws(name: str) -> None:
    kept, drawn = (IMAGES / name).read_text(encoding="utf-8"), DRAWN[name]
    assert NUMBER.sub("", kept) == NUMBER.sub("", drawn), "make images"
    before, now = (np.array(NUMBER.findall(text), dtype=float) for text in (kept, drawn))
    np.testing.assert_allclose(now, before, atol=0.11, err_msg="make images")


def test_no_drawing_is_left_over_and_every_exercise_has_one() -> None:
    kept = {
        str(path.relative_to(IMAGES)) for folder in ("exercises", "filming") for path in (IMAGES / folder).iterdir()
    }
    assert kept == set(DRAWN)
    assert {f"exercises/{name}.svg" for name in exercises.load_all()} <= kept
