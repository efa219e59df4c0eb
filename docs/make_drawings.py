"""Draw the pictures of the filming guide and of the exercises: a part of ``make images``.

The athlete in them is the stick figure of the tests, so every posture has exactly the angles that it is drawn for.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "src")]

from docs.drawings.exercises import exercise_drawings  # noqa: E402 - found through the path that was just set
from docs.drawings.filming import filming_drawings  # noqa: E402


def drawings() -> dict[str, str]:
    """Return every drawing's SVG text by its path below ``docs/images``."""
    folders = {"exercises": exercise_drawings(), "filming": filming_drawings()}
    return {f"{folder}/{name}.svg": text for folder, found in folders.items() for name, text in found.items()}


def main() -> None:
    for place, text in drawings().items():
        path = HERE / "images" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
