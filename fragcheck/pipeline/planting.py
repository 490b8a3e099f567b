"""Pairs of documents whose counterparts are known, because one is made of the other by program.

Two drafts of a law share a drawn part of its provisions, amended on the right; the rest of each
side has no counterpart. Who matches whom is known then, and so is D but for the fields. The
evidence models learn from such pairs, and the intervals are tried on others.
"""

from __future__ import annotations

import csv
import dataclasses
import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from fragcheck.align import distinct_units
from fragcheck.align.reference import ReferenceProvision, reference_provisions
from fragcheck.annotate import Tagger, annotate
from fragcheck.records import (
    Analysis,
    Document,
    Provision,
    ProvisionKind,
    Segmentation,
    Tradition,
    Unit,
)

__all__ = ["PlantedPair", "plant", "reference_analyses", "translated_analyses"]

_NUMBER = re.compile(r"\b\d{1,3}\b")
_PART = re.compile(r"(?<=[,，、]) ?")
#: Sizes of a drawn document, shares of the common provisions that stay as they are, numbers of edits.
_SIZES = (20, 40, 60)
_UNCHANGED = (0.0, 0.2, 0.5, 0.9)
_EDITS = (1, 1, 1, 2, 2, 3, 5, 7, 9)
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class PlantedPair:
    """Two lists of units, and the keys of those that are counterparts."""

    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    truth: frozenset[tuple[str, str]]


def plant(
    left: Analysis, right: Analysis, tagger: Tagger, rng: random.Random, *, share: float | None = None
) -> PlantedPair:
    """Draw two documents of known counterparts from two that hold the same eids.

    Parameters
    ----------
    left, right : Analysis
        The same law twice (then the right one is amended), or in two languages (then it is not).
    tagger : Tagger
        Reads the amended provisions.
    rng : random.Random
    share : float, optional
        Part of the provisions that both sides have; drawn from [0, 1] by default.

    Returns
    -------
    PlantedPair
        Without headings and contexts in a third of the draws, as in a plain table.
    """
    is_amended = left.segmentation.language == right.segmentation.language
    common, only_left, only_right = _drawn(left, right, rng, share)
    unchanged = rng.choice(_UNCHANGED)
    changed = {eid for eid in sorted(common) if is_amended and rng.random() >= unchanged}
    texts = [provision.text for provision in right.segmentation.provisions]

    def amended(provision: Provision) -> Provision:
        if provision.eid not in changed:
            return provision
        return dataclasses.replace(provision, text=_amended(provision.text, texts, rng))

    first = _part(left, common | only_left, tagger, lambda provision: provision)
    second = _part(right, common | only_right, tagger, amended)
    units = distinct_units(first), distinct_units(second)
    if rng.random() < 1 / 3:
        units = _plain(units[0]), _plain(units[1])
    rights = {unit.eid: unit.key for unit in units[1]}
    truth = {(unit.key, rights[unit.eid]) for unit in units[0] if unit.eid in common and unit.eid in rights}
    return PlantedPair(units[0], units[1], frozenset(truth))


def _drawn(
    left: Analysis, right: Analysis, rng: random.Random, share: float | None
) -> tuple[set[str], set[str], set[str]]:
    """Eids of both sides, of the left alone and of the right alone; whole articles are drawn, so that
    provisions of one article are among them.
    """
    singles = [_single(side) for side in (left, right)]
    articles: dict[str, list[str]] = {}
    for eid in singles[0]:
        if eid in singles[1]:
            articles.setdefault(eid.split("__")[0], []).append(eid)
    names, pool = sorted(articles), list[str]()
    rng.shuffle(names)
    wanted = rng.choice(_SIZES)
    for name in names:
        if len(pool) < 1.6 * wanted:
            pool += articles[name]
    rng.shuffle(pool)
    size = min(wanted, int(len(pool) / 1.4))
    common = round((rng.random() if share is None else share) * size)
    others = min(size - common, (len(pool) - common) // 2)
    rest = pool[common:]
    return set(pool[:common]), set(rest[:others]), set(rest[others : 2 * others])


def _single(analysis: Analysis) -> dict[str, None]:
    """Eids of the provisions that hold exactly one unit: their match is the match of the provisions."""
    units = distinct_units(analysis)
    counts = Counter(unit.eid for unit in units)
    return {unit.eid: None for unit in units if counts[unit.eid] == 1 and not unit.duplicates}


def _part(
    analysis: Analysis, eids: set[str], tagger: Tagger, change: Callable[[Provision], Provision]
) -> Analysis:
    kept = tuple(change(p) for p in analysis.segmentation.provisions if p.eid in eids)
    segmentation = dataclasses.replace(analysis.segmentation, provisions=kept)
    return Analysis(analysis.document, segmentation, annotate(segmentation, tagger))


def _plain(units: Sequence[Unit]) -> tuple[Unit, ...]:
    return tuple(
        dataclasses.replace(unit, text_unit=dataclasses.replace(unit.text_unit, heading="", context=""))
        for unit in units
    )


def _amended(text: str, texts: Sequence[str], rng: random.Random) -> str:
    """`text` after one to nine edits: words exchanged, figures changed, clauses moved, cut and added."""
    edits: tuple[Callable[[str, random.Random], str], ...] = (
        _reworded,
        lambda given, _: _NUMBER.sub(lambda found: str(2 * int(found[0])), given, count=1),
        _inserted,
        lambda given, _: _reordered(given),
        _cut,
        lambda given, lot: _grafted(given, lot.choice(texts), lot),
    )
    changed = text
    for _ in range(rng.choice(_EDITS)):
        changed = rng.choice(edits)(changed, rng)
    return changed if len(changed.split()) >= _FEWEST_WORDS else text


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    text = files("fragcheck.align").joinpath("calibration/amendments.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return tuple((one, other) for one, other in data["synonyms"]), tuple(data["insertions"])


def _reworded(text: str, rng: random.Random) -> str:
    known = [(one, other) for one, other in _phrases()[0] if re.search(rf"\b{one}\b", text)]
    for one, other in rng.sample(known, min(len(known), 4)):
        text = re.sub(rf"\b{one}\b", other, text)
    return text


def _inserted(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    at = rng.randrange(len(words) + 1)
    return " ".join([*words[:at], rng.choice(_phrases()[1]), *words[at:]])


def _reordered(text: str) -> str:
    parts = [part for part in _PART.split(text) if part]
    return " ".join([*parts[1:], parts[0]]) if len(parts) > 2 else text


def _cut(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    if len(words) < 2 * _FEWEST_WORDS:
        return text
    start = rng.randrange(len(words) - _FEWEST_WORDS)
    return " ".join([*words[:start], *words[start + rng.randrange(1, 1 + len(words) // 3) :]])


def _grafted(text: str, source: str, rng: random.Random) -> str:
    """Some words of another provision, put into this one."""
    words, other = text.split(" "), source.split(" ")
    start, at = rng.randrange(len(other)), rng.randrange(len(words) + 1)
    return " ".join([*words[:at], *other[start : start + rng.randrange(3, 15)], *words[at:]])


def reference_analyses(tagger: Tagger) -> Iterator[tuple[str, Analysis]]:
    """The reference instruments by name, annotated as documents are; the eid is ``p`` and the row."""
    rows = list(enumerate(reference_provisions()))
    for name in dict.fromkeys(provision.instrument for _, provision in rows):
        own = [(index, provision) for index, provision in rows if provision.instrument == name]
        yield name, _reference_analysis(name, own, tagger)


def _reference_analysis(
    name: str, rows: Sequence[tuple[int, ReferenceProvision]], tagger: Tagger
) -> Analysis:
    language = rows[0][1].language
    provisions = tuple(
        Provision(
            eid=f"p{index}",
            kind=ProvisionKind.ITEM,
            heading=provision.heading,
            text=provision.text,
            language=language,
        )
        for index, provision in rows
    )
    return _analysis(name, provisions, language, tagger)


def translated_analyses(tagger: Tagger) -> Iterator[tuple[str, Analysis, Analysis]]:
    """The sample laws that stand in two languages, with their names; the eids are the same on both sides."""
    text = files("fragcheck.align").joinpath("calibration/translations.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    for law in dict.fromkeys(row["law"] for row in rows):
        sides = []
        for language in dict.fromkeys(row["language"] for row in rows if row["law"] == law):
            provisions = tuple(
                Provision(
                    eid=row["place"],
                    kind=ProvisionKind.ITEM,
                    heading=row["heading"],
                    text=row["text"],
                    context=row["context"],
                    language=language,
                )
                for row in rows
                if row["law"] == law and row["language"] == language
            )
            sides.append(_analysis(f"{law}-{language}", provisions, language, tagger))
        yield law, sides[0], sides[1]


def _analysis(name: str, provisions: tuple[Provision, ...], language: str, tagger: Tagger) -> Analysis:
    segmentation = Segmentation(name, provisions, Tradition.TABLE, language)
    return Analysis(Document(name, name, name), segmentation, annotate(segmentation, tagger))
