"""Measure what bad filming does to verdicts: ``python benchmarks/robustness.py --clips DIR``.

Degrades some clips (smaller, slower, darker, compressed, rolled, moved, cropped, not alone, mirrored), runs the whole
program on each before and after, and prints and writes what stayed the same. See ``benchmarks/README.md``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if __name__ == "__main__":
    from benchmarks.robustness_command import main

    sys.exit(main())
