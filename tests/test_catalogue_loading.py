"""Listing and explaining the catalogue answers at once: nothing that computes or decodes is imported for it."""

import pytest
from tests.processes import python

SLOW_TO_IMPORT = {"scipy", "cv2", "mediapipe", "av", "matplotlib", "pyarrow", "jinja2"}


@pytest.mark.parametrize("command", [["list"], ["list", "--json"], ["explain", "high_knees"]], ids=" ".join)
def test_the_catalogue_is_shown_without_what_computes_or_decodes(command: list[str]) -> None:
    code = f"""
import sys
from formcheck.cli import app
try:
    app({command!r})
except SystemExit as finished:
    assert not finished.code
print("loaded:", sorted({SLOW_TO_IMPORT!r} & set(sys.modules)))
"""
    assert python(code).stdout.rstrip().endswith("loaded: []")
