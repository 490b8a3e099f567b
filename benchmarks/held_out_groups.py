"""F1 of the principles on our own training texts, each group held out whole, by language and tradition.

    OMP_NUM_THREADS=1 python benchmarks/held_out_groups.py

The folds, the calibration and the thresholds are those that ``fragcheck train`` uses: a group is a language
with a tradition, and a text is scored by a model that saw none of its group. Prints a table of F1 over all
principles together (micro), for each language and for the traditions of English texts, and the share of
decisions that lie where a tag is unsure. Author and labeller of the texts are one language model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fragcheck.annotate import load_tagger
from fragcheck.annotate.tagging import train
from fragcheck.annotate.tagging.scoring import probabilities
from fragcheck.nlp.encoder import load_encoder
from fragcheck.records.annotation import UNSURE
from fragcheck.taxonomy import load_taxonomy


def held_out_chances(examples: tuple[train.Example, ...]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Probabilities and truth of the principles, shape (n_texts, n_principles)."""
    _, _, parts = train.fit(examples, load_encoder())
    margins = train.held_out_margins(parts, examples)
    slope, offset = train.platt(margins, parts.truth)
    n = len(load_taxonomy("principles").ids)
    return probabilities(margins, slope, offset)[:, :n], parts.truth[:, :n]


def groups_of(examples: tuple[train.Example, ...]) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Language, tradition ("all" for a whole language) and which texts are of them."""
    languages = np.array([item.language for item in examples])
    traditions = np.array([item.tradition for item in examples])
    for language in sorted(set(languages)):
        yield language, "all", languages == language
    for tradition in sorted(Counter(traditions[languages == "en"])):
        yield "en", tradition, (languages == "en") & (traditions == tradition)


def main() -> None:
    """Print the table."""
    examples = train.read_examples(train.training_folder())
    chances, truth = held_out_chances(examples)
    thresholds = np.array(list(load_tagger().thresholds.values()))[: truth.shape[1]]
    said = chances >= thresholds
    print(f"{len(examples)} texts\n\n| language | tradition | texts | F1 |\n|---|---|---|---|")
    for language, tradition, inside in groups_of(examples):
        both = (said & truth)[inside].sum()
        value = 2 * both / max(int(said[inside].sum() + truth[inside].sum()), 1)
        print(f"| {language} | {tradition} | {int(inside.sum())} | {value:.2f} |")
    unsure = np.where(said, chances <= UNSURE[1], chances >= UNSURE[0])
    print(f"\nunsure: {unsure.mean():.1%} of the decisions")


if __name__ == "__main__":
    main()
