"""Breaks PDFs by a seed and says how each ends: ``python break_many.py FOLDER COUNT SEED``.

It reads and segments each broken file as the command line does, and prints the counts of how they ended.
Every file ends as read, partly read (with warnings), or refused with a reason that names it; anything else
ends the run, and leaves the file that did it.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import broken_pdfs

from fragcheck.errors import FragcheckError
from fragcheck.pipeline import AnalysisOptions, read_and_segment

#: Of files larger than this a few pages stand for all: the soak is for many breaks, not for long reading.
LARGEST = 2_000_000


def broken(originals, count, seed):
    """(name, bytes) of broken files; each break comes as often as every other."""
    dice = random.Random(seed)
    for number in range(count):
        make = broken_pdfs.BREAKS[number % len(broken_pdfs.BREAKS)]
        name, data = dice.choice(originals)
        yield f"{number}-{make.__name__}-{name}", make(data, dice)


def ending(path, options):
    """One word for how a file ended."""
    try:
        document, segmentation = read_and_segment(path, options)
    except FragcheckError as error:
        message = str(error)
        assert path.name in message, f"the reason does not name the file: {message}"
        assert "\n" not in message, f"a reason of more than one line: {message}"
        return f"refused ({type(error).__name__})"
    assert segmentation.provisions or document.warnings or segmentation.warnings, "nothing, and no word of it"
    return "read with warnings" if document.warnings else "read"


def run(folder, count, seed, options):
    """Counts of the endings, and the seconds of the slowest file."""
    originals = [
        (path.name, path.read_bytes())
        for path in sorted(folder.rglob("*.pdf"))
        if 1000 <= path.stat().st_size <= LARGEST
    ]
    assert originals, f"no PDF of at most {LARGEST} bytes below {folder}"
    counts, slowest = Counter(), (0.0, "")
    for name, data in broken(originals, count, seed):
        path = Path(tempfile.gettempdir()) / name
        path.write_bytes(data)
        started = time.monotonic()
        counts[ending(path, options)] += 1
        slowest = max(slowest, (time.monotonic() - started, name))
        path.unlink()
    return counts, slowest


if __name__ == "__main__":
    found, longest = run(
        Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), AnalysisOptions(ocr="never", timeout_s=60)
    )
    sys.stdout.write(
        f"{sum(found.values())} broken files: {dict(found)}; slowest {longest[0]:.1f} s ({longest[1]})\n"
    )
