"""Conflict candidates: planted in real law, and between real laws, against what was read.

    python benchmarks/conflict_candidates.py [--only NAME …] [--show N]

Needs the measuring material (``FRAGCHECK_SHARED``, default ``../shared``). ``conflict_judgements.csv``
beside this file holds 48 candidates between real laws that a language model read, most of them
without their probability: the start of the files' sha256, the keys of the clauses, the start of the
sha256 of their words, and whether no one can keep to both. A clause whose words are read otherwise
today is counted apart.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import hashlib
import itertools
import random
from pathlib import Path

import validity

from fragcheck.annotate import annotate, load_tagger
from fragcheck.pipeline import compare_analyses
from fragcheck.records import Analysis, Conflict, Modality, Segmentation, Unit
from fragcheck.store import default_store
from fragcheck.synthesis import conflicts

JUDGED = Path(__file__).with_name("conflict_judgements.csv")
#: Real laws and guidance, beside those of `validity`.
FURTHER = (
    "eu/gdpr-2016-679.pdf",
    "eu/infosoc-directive-2001-29.pdf",
    "us-states/nyc-local-law-144.pdf",
    "us-states/california-sb1047-enrolled.pdf",
    "eu/eu-ai-act-proposal-com-2021-206.pdf",
    "us-federal/eo-14110.pdf",
    "us-federal/omb-m-24-10.pdf",
    "switzerland/finma-guidance-08-2024.pdf",
    "eu/gpai-guidelines-c-2025-5045.pdf",
)


def planted_conflicts(count: int = 60) -> None:
    """Duties of the EU's text against Parliament's with the denial put in: recall and precision."""
    left, right, truth = validity.read_set(validity.PLANTED[1])
    singles = validity.single_units(left), validity.single_units(right)
    duties = [
        (x, y)
        for x, y in truth.items()
        if x in singles[0]
        and y in singles[1]
        and all(_is_plain_duty(side[eid]) for side, eid in zip(singles, (x, y), strict=True))
    ]
    random.Random(0).shuffle(duties)
    turned = dict(duties[:count])
    kept = dict(duties[count : 3 * count])
    provisions = right.segmentation.provisions
    changed = [
        dataclasses.replace(p, text=p.text.replace(" shall ", " shall not ", 1))
        if p.eid in set(turned.values())
        else p
        for p in provisions
        if p.eid in {*turned.values(), *kept.values()}
    ]
    segmentation: Segmentation = dataclasses.replace(right.segmentation, provisions=tuple(changed))
    other = Analysis(
        dataclasses.replace(right.document, id="turned"), segmentation, annotate(segmentation, load_tagger())
    )
    (pair,) = compare_analyses([validity.rows_of(left, {*turned, *kept}, "plain"), other]).pairs
    found = conflicts([pair])
    right_ones = [c for c in found if turned.get(c.left.eid) == c.right.eid]
    print(f"planted {len(turned)} among {len(changed)} provisions")
    print(f"listed {len(found)}, of them planted {len(right_ones)}")
    if found:
        print(f"precision {len(right_ones) / len(found):.2f}  recall {len(right_ones) / len(turned):.2f}")
        mean = sum(conflict.probability for conflict in found) / len(found)
        print(f"mean probability {mean:.2f}")
    for conflict in found:
        if conflict not in right_ones:
            print(
                "  not planted:",
                conflict.kind.value,
                conflict.left.eid,
                conflict.right.eid,
                conflict.probability,
            )


def _is_plain_duty(unit: Unit) -> bool:
    requirement = unit.requirement
    return (
        requirement is not None
        and requirement.modality is Modality.OBLIGATION
        and not requirement.is_negated
        and requirement.text.count(" shall ") == 1
    )


Key = tuple[str, str, str, str]


def judgements() -> dict[Key, bool]:
    """Verdicts by the two documents and the hashes of the two clauses."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = ("left_document", "right_document", "left_sha256", "right_sha256")
    return {tuple(row[name] for name in names): row["is_conflict"] == "1" for row in rows}  # type: ignore[misc]


def key_of(conflict: Conflict) -> Key:
    """The address of a candidate in the judgements."""
    words = [hashlib.sha256(side.text.encode()).hexdigest()[:16] for side in (conflict.left, conflict.right)]
    return conflict.left.document_id[:16], conflict.right.document_id[:16], words[0], words[1]


def real(show: int) -> None:
    """What was found in the judged candidates, and what is listed today."""
    known, found, listed = judgements(), [], 0
    names = [*validity.FIVE.values(), *validity.MORE, *FURTHER]
    for left, right in itertools.combinations(validity.analysed(names), 2):
        if left.segmentation.language == right.segmentation.language:
            pairs = compare_analyses([left, right], store=default_store()).pairs
            found += conflicts(pairs, shown=0.0)
            listed += len(conflicts(pairs))
    met = [(conflict, known[key_of(conflict)]) for conflict in found if key_of(conflict) in known]
    expected = sum(conflict.probability for conflict, _ in met)
    print(f"{len(found)} candidates, {listed} listed; {len(met)} of {len(known)} judged ones are met")
    print(f"among those {sum(verdict for _, verdict in met)} conflicts, {expected:.1f} expected")
    for conflict in sorted(found, key=lambda one: -one.probability)[:show]:
        verdict = known.get(key_of(conflict))
        said = "not read" if verdict is None else "conflict" if verdict else "none"
        place = f"{conflict.left.eid} {conflict.right.eid}"
        print(f"{conflict.probability:.2f} {conflict.kind.value} {place}: {said}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", choices=("planted", "real"), default=["planted", "real"])
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    if "planted" in options.only:
        planted_conflicts()
    if "real" in options.only:
        real(options.show)


if __name__ == "__main__":
    main()
