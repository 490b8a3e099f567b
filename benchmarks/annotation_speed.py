"""Processor time that the annotation of one law takes, after imports: requirements alone, tags alone.

    taskset -c 1 python benchmarks/annotation_speed.py [--file FILE] [--runs 3]

Prints the least of the runs in seconds of processor time, as other work on a machine adds to wall
time. The first call loads lexicons and model and is printed apart. ``FILE`` is a PDF or a table;
by default the EU AI Act of the measuring material (``FRAGCHECK_SHARED``, default ``../shared``).
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from fragcheck.annotate import annotate, load_tagger
from fragcheck.pipeline import read_and_segment
from fragcheck.records import Provision, Tag

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FRAGCHECK_SHARED", ROOT.parent / "shared")).resolve()
AI_ACT = SHARED / "data" / "pdfs" / "eu" / "eu-ai-act-2024-1689.pdf"


class NoTags:
    """Leaves the tags out."""

    def tag(self, provisions: Sequence[Provision]) -> list[tuple[tuple[Tag, ...], tuple[Tag, ...]]]:
        """No tag for any provision."""
        return [((), ()) for _ in provisions]


def seconds(work: Callable[[], object]) -> float:
    """Processor time of a call, in seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--file", type=Path, default=AI_ACT)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    segmentation = read_and_segment(options.file)[1]
    parts: dict[str, Callable[[], object]] = {
        "requirements": lambda: annotate(segmentation, NoTags()),
        "tags": lambda: load_tagger().tag(segmentation.provisions),
    }
    print(f"{options.file.name}: {len(segmentation.provisions)} provisions")
    for name, work in parts.items():
        first = seconds(work)
        least = min(seconds(work) for _ in range(options.runs))
        print(f"{name}: first {first:.2f} s, then {least:.2f} s of processor time")


if __name__ == "__main__":
    main()
