"""Measure formcheck's speed against a bare MediaPipe loop: ``python benchmarks/speed.py``.

Whole processes in turns, so that whatever else the machine does falls on both. See ``benchmarks/README.md``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if __name__ == "__main__":
    from benchmarks.timing import main

    sys.exit(main())
