"""Fuzz for some minutes of CPU time: ``python run_fuzz.py TARGET MINUTES`` (``all``: every target in turn).

Finds are shrunk, printed, and end the run with 1; a find becomes a case in `test_found_cases.py`.
"""

from __future__ import annotations

import sys
import time

from fuzz_targets import TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import HypothesisException

_ROUND = 300


def fuzz(name, minutes):
    """Number of inputs that were tried in that time."""
    drawn, target = TARGETS[name]
    ends, count = time.process_time() + 60 * minutes, 0

    @settings(
        max_examples=_ROUND,
        deadline=None,
        derandomize=False,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn)
    def attempt(value):
        nonlocal count
        count += 1
        target(value)

    while time.process_time() < ends:
        attempt()
    return count


def main():
    names = list(TARGETS) if sys.argv[1] == "all" else [sys.argv[1]]
    found = 0
    for name in names:
        before = time.process_time()
        try:
            count = fuzz(name, float(sys.argv[2]))
        except (Exception, HypothesisException) as error:  # noqa: BLE001 - whatever comes is the find
            found += 1
            notes = "\n".join(getattr(error, "__notes__", ()))
            sys.stdout.write(f"{name}: FOUND {type(error).__name__}: {str(error)[:300]}\n{notes[:1500]}\n")
        else:
            sys.stdout.write(
                f"{name}: {count} inputs, {time.process_time() - before:.0f} s of processor time\n"
            )
        sys.stdout.flush()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
