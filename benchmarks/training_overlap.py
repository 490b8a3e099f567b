"""Which training texts of the tagger share wording with our labels of real provisions, or with real law.

    python benchmarks/training_overlap.py

Should print none: the labels measure, so nothing like them may have been trained on, and the training
texts are to be our own words, not those of a statute. Wording is told by runs of seven words (of fourteen
characters in texts without spaces). A training text is near a labelled one if they share three runs or
more and these are a quarter of its own; it is taken from documents if a quarter of its runs stand in any
of the measuring material's PDFs, tables of labels and tables of crosswalks, set phrases of law included.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pypdfium2
from provision_labels import SHARED, Row, read_labels, with_texts

from fragcheck.annotate.tagging import train

#: Share of a training text's runs from which on its wording is not its own.
SHARE = 0.25

#: Cells of tables that are longer hold a text; shorter ones are ids, titles and labels.
_TEXT_LENGTH = 60

_UNSPACED = re.compile("[\u3040-\u9fff\uac00-\ud7af]")


def chains(text: str) -> set[tuple[str, ...]]:
    """Runs of seven words of a text, of fourteen characters where it is written without spaces."""
    unspaced = len(_UNSPACED.findall(text)) * 4 > len(text)
    parts = [sign for sign in text if sign.isalnum()] if unspaced else re.findall(r"\w+", text.lower())
    length = 14 if unspaced else 7
    return {tuple(parts[at : at + length]) for at in range(len(parts) - length + 1)}


def near_training(pairs: Sequence[tuple[Row, str]]) -> list[tuple[str, str]]:
    """Training texts that share three runs of words or more, and a quarter of theirs, with a labelled text.

    Returns pairs of the training text's id and the label's SHA-1.
    """
    examples = train.read_examples(train.training_folder())
    owners: dict[tuple[str, ...], list[int]] = {}
    sizes = []
    for number, example in enumerate(examples):
        own = chains(example.text)
        sizes.append(len(own))
        for chain in own:
            owners.setdefault(chain, []).append(number)
    found = []
    for row, text in pairs:
        shared = Counter(number for chain in chains(text) for number in owners.get(chain, ()))
        near = (number for number, count in shared.items() if count >= max(3, sizes[number] * SHARE))
        found += [(examples[number].id, row["text_sha1"]) for number in near]
    return found


def texts_of_material(shared: Path) -> Iterator[str]:
    """Text of each PDF of the measuring material, and of each cell of its tables that holds one."""
    for path in sorted((shared / "data" / "pdfs").rglob("*.pdf")):
        with pypdfium2.PdfDocument(path) as document:
            pages = (page.get_textpage().get_text_bounded() for page in document)
            yield "\n".join(pages)
    csv.field_size_limit(10**8)
    for folder in ("crosswalks", "labels"):
        for path in sorted((shared / "data" / folder).rglob("*.csv")):
            with path.open(newline="", encoding="utf-8") as handle:
                cells = (cell for row in csv.reader(handle) for cell in row)
                yield from (cell for cell in cells if len(cell) > _TEXT_LENGTH)


def taken_from(texts: Iterable[str]) -> list[tuple[str, float]]:
    """Training texts of which a quarter or more of the runs stand in any of `texts`, with that share."""
    examples = train.read_examples(train.training_folder())
    runs = [chains(example.text) for example in examples]
    wanted = set().union(*runs)
    there: set[tuple[str, ...]] = set()
    for text in texts:
        there |= wanted & chains(text)
    shares = (len(own & there) / len(own) if own else 0.0 for own in runs)
    return [(example.id, share) for example, share in zip(examples, shares, strict=True) if share >= SHARE]


def main() -> int:
    """Print what is near or taken; 1 where something is."""
    labels = read_labels()
    pairs = with_texts(labels, SHARED)
    near = near_training(pairs)
    print(f"{len(pairs)} of {len(labels)} labelled provisions found, {len(near)} near a training text")
    for pair in near:
        print(*pair)
    taken = taken_from(texts_of_material(SHARED))
    print(f"{len(taken)} training texts share a quarter of their runs or more with the documents")
    for name, share in sorted(taken, key=lambda item: -item[1]):
        print(f"{name} {share:.2f}")
    return int(bool(near or taken))


if __name__ == "__main__":
    sys.exit(main())
