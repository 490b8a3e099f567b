"""Breaks PDFs by a seed and says how each ends: ``break_many.py COUNT SEED FOLDER… [--minutes M]``.

It reads and segments each broken file as the command line and the app do, in reading processes with
limits, and prints a table of how they ended, by kind of break, and the most memory that a process took.
Every file ends as read, partly read (with warnings), or refused with a reason that names it, and within
the limits; anything else ends the run, and leaves its file.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import broken_pdfs
import broken_structures

from fragcheck.errors import FragcheckError
from fragcheck.pipeline import AnalysisOptions, read_and_segment

#: Larger files are left out; of those beyond a part of it the first pages stand for all: the soak is for
#: many breaks, not for long reading.
LARGEST = 2_000_000
LONG = 150_000
#: Seconds beyond twice the limit (for reading, and for dividing) after which a file counts as hanging.
GRACE = 60
BREAKS = (*broken_pdfs.BREAKS, *broken_structures.STRUCTURES, *broken_structures.OF_TWO)


def broken(originals, count, seed):
    """(name, bytes) of broken files; each break comes as often as every other."""
    dice = random.Random(seed)
    for number in range(count):
        make = BREAKS[number % len(BREAKS)]
        name, data = dice.choice(originals)
        others = (dice.choice(originals)[1],) if make in broken_structures.OF_TWO else ()
        yield f"{number}-{make.__name__}-{name}", make(data, *others, dice)


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


def originals_of(folders):
    """(name, bytes) of all PDFs below the folders that are not too large."""
    paths = sorted(path for folder in folders for path in folder.rglob("*.pdf"))
    read = [(path.name, path.read_bytes()) for path in paths if 1000 <= path.stat().st_size <= LARGEST]
    assert read, f"no PDF of at most {LARGEST} bytes below {', '.join(map(str, folders))}"
    return [(name, broken_pdfs.first_pages(data) if len(data) > LONG else data) for name, data in read]


def run(folders, count, seed, options, minutes=None):
    """Counts of the endings by kind of break, and the seconds of the slowest file."""
    counts, slowest, begun = defaultdict(Counter), (0.0, ""), time.monotonic()
    for name, data in broken(originals_of(folders), count, seed):
        path = Path(tempfile.gettempdir()) / name
        path.write_bytes(data)
        started = time.monotonic()
        counts[name.split("-")[1]][ending(path, options)] += 1
        seconds = time.monotonic() - started
        assert seconds < 2 * options.timeout_s + GRACE, f"{path} took {seconds:.0f} s"
        slowest = max(slowest, (seconds, name))
        path.unlink()
        if minutes is not None and time.monotonic() - begun > 60 * minutes:
            break
    return counts, slowest


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--minutes", type=float, help="end after the file that is read by then")
    parser.add_argument("--timeout", type=float, default=60, help="seconds for a file")
    asked = parser.parse_args()
    options = AnalysisOptions(ocr="never", timeout_s=asked.timeout)
    found, longest = run(asked.folders, asked.count, asked.seed, options, asked.minutes)
    total = sum(found.values(), Counter())
    for name, counts in sorted(found.items()):
        sys.stdout.write(f"{name:<20} {dict(counts.most_common())}\n")
    sys.stdout.write(f"{total.total()} broken files: {dict(total.most_common())}; ")
    sys.stdout.write(f"slowest {longest[0]:.1f} s ({longest[1]}); ")
    sys.stdout.write(f"most memory {_peak(resource.RUSAGE_CHILDREN)} MB in a reading process, ")
    sys.stdout.write(f"{_peak(resource.RUSAGE_SELF)} MB in this one\n")


def _peak(whose):
    return resource.getrusage(whose).ru_maxrss // 1024


if __name__ == "__main__":
    main()
