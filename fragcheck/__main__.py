"""``python -m fragcheck``."""

from fragcheck.cli import main

if __name__ == "__main__":
    main()
