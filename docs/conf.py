"""How Sphinx builds the documentation site: ``make docs`` writes it to ``build/docs``.

The pages of the exercises and the command line's reference are written from the program itself before every build, into
``docs/exercises`` and ``docs/generated``, which git ignores.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from docs.generated_pages import write_pages  # noqa: E402

import formcheck  # noqa: E402 - found through the path that was just set
from formcheck import exercises  # noqa: E402
from formcheck.criteria import readings  # noqa: E402
from formcheck.criteria.judging import SHARE_NEEDED  # noqa: E402
from formcheck.kinematics import orientation  # noqa: E402
from formcheck.report.wording import STATUS_WORDS  # noqa: E402
from formcheck.scoring import LEAST_COVERAGE  # noqa: E402

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "formcheck"
author = "The formcheck authors"
copyright = f"2026 {author}"  # noqa: A001 - Sphinx asks for this name
version = release = formcheck.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["generated", "example", "templates"]
root_doc = "index"
smartquotes_action = "D"  # dashes only: quotation marks are as the program prints them

myst_enable_extensions = ["colon_fence", "fieldlist", "substitution"]
myst_heading_anchors = 3
myst_substitutions = {
    "smallest_trunk": f"{readings.SMALLEST_TRUNK_PX:.0f}",
    "smallest_trunk_for_feet": f"{readings.SMALLEST_TRUNK_FOR_FEET_PX:.0f}",
    "side_tolerance": f"{orientation.SIDE_TOLERANCE:.0f}°",
    "front_tolerance": f"{orientation.FRONT_TOLERANCE:.0f}°",
    "drill_rate": f"{readings.DRILL_RATE_HZ:.0f}",
    "share_needed": f"{100 * SHARE_NEEDED:.0f} %",
    "exercise_count": len(exercises.load_all()),
    **{status.value: words for status, words in STATUS_WORDS.items()},
    "least_coverage": f"{100 * LEAST_COVERAGE:.0f} %",
}

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_class_signature = "mixed"
napoleon_google_docstring = False
python_maximum_signature_line_length = 88
# What a signature names and no page describes: the program's own inside, and names that only a type checker imports.
nitpick_ignore_regex = [("py:class", r"Path|Motion|Bout|Held|Performance|Measure|Kind|PerSide|RequiredView|Unit")]

html_theme = "furo"
html_title = "formcheck"
highlight_language = "none"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
templates_path = ["templates"]


def setup(app: Sphinx) -> None:
    """Write the generated pages before Sphinx looks for its sources."""
    app.connect("builder-inited", lambda app: write_pages(Path(app.srcdir)))
