"""Puts the documentation's example into the catalogue, as if it lay beside the other exercises."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck import exercises

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "example"


@pytest.fixture(scope="module")
def stork_stand_known() -> Iterator[None]:
    """Let formcheck discover the example; the catalogue is as before afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exercises, "__path__", [*exercises.__path__, str(EXAMPLE)])
        exercises.load_all.cache_clear()
        yield
    exercises.load_all.cache_clear()
    sys.modules.pop("formcheck.exercises.stork_stand", None)
