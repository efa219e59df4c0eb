"""``python -m formcheck`` is ``formcheck``."""

from formcheck.cli import main

if __name__ == "__main__":
    main()
