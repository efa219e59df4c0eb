"""Measure formcheck against ground truth: ``python benchmarks/accuracy.py --clips DIR --tracks DIR``.

Runs the whole program over rendered clips with exact truth and over labelled tracks of real people, several at a time,
and prints and writes how well it recognises, counts, measures and judges. See ``benchmarks/README.md``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if __name__ == "__main__":
    from benchmarks.command import main

    sys.exit(main())
