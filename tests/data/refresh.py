"""Write the results that the stored landmark tracks are compared with again: ``python -m tests.data.refresh``.

Run it from the repository's root after a change that is meant to change verdicts, and read the difference before it is
committed: every line of it is a verdict that somebody will now get differently.
"""

from __future__ import annotations

import json

from tests.stored_results import TRACKS, result_file, verdict_on


def main() -> None:
    """Judge every stored track and write what is kept of the verdict beside it."""
    for track in TRACKS:
        path = result_file(track)
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(verdict_on(track), indent=1) + "\n", encoding="utf-8")
        print(f"{path.name} written")


if __name__ == "__main__":
    main()
