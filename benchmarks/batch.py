"""Measure a batch against a bare MediaPipe loop, and the memory of its workers: ``python benchmarks/batch.py``.

Whole processes in turns, so that whatever else the machine does falls on both. See ``benchmarks/README.md``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if __name__ == "__main__":
    from benchmarks.batches import main

    sys.exit(main())
