"""Which training texts of the tagger share wording with our labels of real provisions.

    python benchmarks/training_overlap.py

Should print none: the labels measure, so nothing like them may have been trained on. A training text
is near a labelled one if they share three runs of seven words or more (of fourteen characters in
texts without spaces) and these are a quarter of its own.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence

from provision_labels import SHARED, Row, read_labels, with_texts

from fragcheck.annotate.tagging import train

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
        near = (number for number, count in shared.items() if count >= max(3, sizes[number] / 4))
        found += [(examples[number].id, row["text_sha1"]) for number in near]
    return found


def main() -> int:
    """Print what is near; 1 where something is."""
    labels = read_labels()
    pairs = with_texts(labels, SHARED)
    found = near_training(pairs)
    print(f"{len(pairs)} of {len(labels)} labelled provisions found, {len(found)} near a training text")
    for pair in found:
        print(*pair)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
