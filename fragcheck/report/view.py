"""A comparison as readers look at it: documents with names, units with their words and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from fragcheck.records import (
    Analysis,
    Comparison,
    Divergence,
    Flag,
    Interoperability,
    PairResult,
    Provision,
    Unit,
)
from fragcheck.report.cautions import caution_words
from fragcheck.report.naming import document_names, provision_label
from fragcheck.taxonomy import load_taxonomy
from fragcheck.taxonomy.taxonomies import PACKAGED

__all__ = [
    "Source",
    "View",
    "cautions_of",
    "divergences",
    "duties_words",
    "figure_words",
    "page_words",
    "principle_label",
    "share_words",
    "unit_words",
    "view_of",
]


@dataclass(frozen=True, slots=True)
class Source:
    """A document of a comparison.

    Parameters
    ----------
    id : str
        Its id in the comparison.
    name : str
        What readers call it.
    analysis : Analysis
    provisions : mapping of str to Provision
        By eid.
    caution : str
        Why it is to be compared with care; empty for a law in force in its authentic text.
    """

    id: str
    name: str
    analysis: Analysis
    provisions: Mapping[str, Provision]
    caution: str = ""

    def label(self, eid: str) -> str:
        """Number and heading of a provision; the eid where it has none."""
        return provision_label(self.provisions, eid)

    def page(self, eid: str) -> int | None:
        """First page of a provision, from 1; None where it is not from pages."""
        found = self.provisions.get(eid)
        return None if found is None else found.page_start


def cautions_of(sources: Iterable[Source]) -> str:
    """Which of some documents are to be compared with care, and why; empty where none is."""
    return " · ".join(f"{source.name}: {source.caution}" for source in sources if source.caution)


@dataclass(frozen=True, slots=True)
class View:
    """A comparison with its documents by id and the units of all documents by (document, key).

    `labels` are those of a taxonomy of the user's, by tag.
    """

    comparison: Comparison
    sources: Mapping[str, Source]
    units: Mapping[tuple[str, str], Unit]
    labels: Mapping[str, str]

    def label(self, tag: str) -> str:
        """What readers call a tag: in the user's own taxonomy where that was used, or in the package's."""
        return self.labels.get(tag) or principle_label(tag)

    def words(self, document: str, key: str) -> str:
        """The law's words of a unit; empty for an empty key."""
        return unit_words(self.units[document, key]) if key else ""


def view_of(comparison: Comparison, flags: Mapping[str, tuple[Flag, ...]]) -> View:
    """Return the comparison with its documents, their flags, and their units at hand."""
    names = document_names(comparison.analyses)
    sources = {
        name: Source(
            name,
            label,
            analysis,
            {each.eid: each for each in analysis.segmentation.provisions},
            caution_words(flags.get(name, ())),
        )
        for name, label, analysis in zip(comparison.document_ids, names, comparison.analyses, strict=True)
    }
    units: dict[tuple[str, str], Unit] = {}
    for pair in comparison.pairs:
        units.update({(pair.left, unit.key): unit for unit in pair.left_units})
        units.update({(pair.right, unit.key): unit for unit in pair.right_units})
    return View(comparison, sources, units, comparison.run.tag_labels)


def unit_words(unit: Unit) -> str:
    """The law's words of a requirement or a definition."""
    if unit.definition is not None:
        return f"{unit.definition.term}: {unit.definition.definiens}"
    return unit.requirement.text if unit.requirement else unit.text_unit.text


def divergences(pair: PairResult) -> tuple[Divergence, ...]:
    """``overall`` and then every principle and control point."""
    return (pair.overall, *pair.principles)


def page_words(page: int | None) -> str:
    """``p. 3``; empty where there is no page."""
    return "" if page is None else f"p. {page}"


def figure_words(value: float | None) -> str:
    """Two decimals; an en dash for no value."""
    return "–" if value is None else f"{value:.2f}"


def share_words(result: Interoperability) -> str:
    """How much of a document is met, in percent with its interval: ``4% (2–7%)``; an en dash for no value."""
    if result.value is None:
        return figure_words(None)
    if result.low is None or result.high is None:
        return f"{result.value:.0%}"
    return f"{result.value:.0%} ({result.low * 100:.0f}–{result.high:.0%})"


def duties_words(result: Interoperability) -> str:
    """How many duties remain, of how many; unlike the share, it counts likely counterparts alone."""
    n, left = result.n_duties, len(result.duties)
    if n == 1:
        return f"its one duty has {'no' if left else 'a'} likely counterpart that meets it"
    return f"of its {n} duties {left} have no likely counterpart that meets them"


@cache
def principle_label(name: str) -> str:
    """What readers call a principle, a control point or ``overall``."""
    for taxonomy in map(load_taxonomy, PACKAGED):
        if name in taxonomy.ids:
            return taxonomy.entry(name).label
    return name.replace("_", " ").capitalize()
