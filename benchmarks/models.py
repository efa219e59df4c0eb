"""Compare the pose models lite, full and heavy: ``python benchmarks/models.py --clips DIR``.

Runs the whole program with each model over some clips filmed from the side, and prints and writes what each costs and
what it is worth. See ``benchmarks/README.md``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if __name__ == "__main__":
    from benchmarks.models_command import main

    sys.exit(main())
