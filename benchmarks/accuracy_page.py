"""Write ``docs/accuracy.md``, its plots and the README's table: ``python benchmarks/accuracy_page.py``.

Every number comes from the last results of ``accuracy.py``, ``robustness.py`` and ``models.py``; nothing is measured
here. See ``benchmarks/README.md``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if __name__ == "__main__":
    from benchmarks.page_command import main

    sys.exit(main())
