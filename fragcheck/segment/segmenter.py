"""From a document to its provisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fragcheck.errors import SegmentationError
from fragcheck.nlp import detect_language
from fragcheck.records import Document, Notice, Provision, ProvisionKind, Segmentation, Span, Tradition
from fragcheck.segment.contents import contents_rows
from fragcheck.segment.detect import score_traditions
from fragcheck.segment.eids import Namer
from fragcheck.segment.flow import Joiner
from fragcheck.segment.grammar import Grammar, load_grammar, traditions
from fragcheck.segment.labels import LabelReader
from fragcheck.segment.ordinals import is_successor
from fragcheck.segment.outline import Unit, build
from fragcheck.segment.quotations import find_quotations
from fragcheck.segment.rows import Layout, Row, body_rows, measure
from fragcheck.segment.typography import heading_blocks

__all__ = ["segment"]


def segment(
    document: Document, *, tradition: Tradition | str | None = None, language: str | None = None
) -> Segmentation:
    """Divide a document into its provisions.

    Parameters
    ----------
    document : Document
        As read; of its lines only body and tables become provisions.
    tradition : Tradition or str, optional
        Drafting tradition whose numbering is to be read; found from the labels if not given.
    language : str, optional
        ISO 639-1 code; found from the text if not given.

    Returns
    -------
    Segmentation
        Provisions in document order. Every character of the body stands in the number, heading
        or text of exactly one of them, except struck words and footnote marks.

    Raises
    ------
    SegmentationError
        Where the forced tradition has no grammar.

    Notes
    -----
    Pure and deterministic. A document with any text has at least one provision.
    """
    forced = _forced(tradition)
    rows, struck = body_rows(document)
    spoken = language or _language(document, rows)
    measured, layout = measure(rows)
    scores = score_traditions(measured, layout, spoken)
    chosen = forced or max(scores, key=lambda pair: pair[1])[0]
    notices = list(_notices_of_choice(spoken, chosen, struck))
    units = _units(measured, layout, load_grammar(chosen), spoken)
    provisions = _provisions(units, Joiner(measured, spoken), load_grammar(chosen), spoken)
    notices.extend(_gaps(units, provisions))
    return Segmentation(
        document_id=document.id,
        provisions=provisions,
        tradition=chosen,
        language=spoken,
        is_forced=forced is not None or language is not None,
        tradition_scores=tuple((name.value, score) for name, score in scores),
        warnings=tuple(notices),
    )


def _forced(tradition: Tradition | str | None) -> Tradition | None:
    if tradition is None:
        return None
    try:
        found = Tradition(tradition)
    except ValueError:
        found = Tradition.TABLE
    if found not in traditions():
        names = ", ".join(traditions())
        raise SegmentationError(
            f"a drafting tradition is wanted, {str(tradition)!r} came; use one of {names}"
        )
    return found


def _language(document: Document, rows: Sequence[Row]) -> str:
    if document.language:
        return document.language[:2].lower()
    return detect_language(" ".join(row.text for row in rows))[0]


def _notices_of_choice(language: str, chosen: Tradition, struck: int) -> Iterable[Notice]:
    known = {name for tradition in traditions() for name in load_grammar(tradition).languages}
    if language and language not in known:
        yield Notice(
            "language-without-grammar",
            f"no numbering grammar knows the language {language!r}; the text was divided by its headings",
        )
    elif chosen is Tradition.PLAIN:
        yield Notice(
            "no-numbering-found", "no known numbering was found; the text was divided by its headings"
        )
    if struck:
        yield Notice("struck-text-excluded", f"struck-through words on {struck} lines were left out")


def _units(rows: Sequence[Row], layout: Layout, grammar: Grammar, language: str) -> list[Unit]:
    aside = dict.fromkeys(contents_rows(rows), "contents")
    reader = LabelReader(grammar, rows, layout, language)
    headings = heading_blocks(rows, layout) if grammar.has_headings else {}
    quotations = find_quotations(rows, _boundaries(rows, reader)) if grammar.has_quoted_text else []
    return build(reader, grammar, rows, layout, aside, headings, quotations)


def _boundaries(rows: Sequence[Row], reader: LabelReader) -> frozenset[int]:
    """Rows that begin with a named label of the act, such as an article's, with good odds."""
    return frozenset(
        row.index
        for row in rows
        for reading in reader.at(row.index)
        if not reading.level.is_list and row.odds + reading.odds > 2.0
    )


def _provisions(
    units: Sequence[Unit], joiner: Joiner, grammar: Grammar, language: str
) -> tuple[Provision, ...]:
    namer = Namer()
    names: dict[int, str] = {}
    words: dict[int, tuple[str, str]] = {}
    provisions: list[Provision] = []
    quoting: set[int] = set()
    for unit in units:
        names[id(unit)] = namer.name(unit, names)
        label, label_spans = joiner.join(unit.label)
        heading, heading_spans = joiner.join(unit.heading)
        text, text_spans = joiner.join(unit.text)
        heading = heading.strip(" \u2003.:—–-") if unit.level is not None else heading
        heading = _unbracketed(heading)
        words[id(unit)] = heading, text
        is_quoted = unit.is_quoted or (unit.parent is not None and id(unit.parent) in quoting)
        if is_quoted or (
            grammar.quoting is not None
            and unit.kind is ProvisionKind.SECTION
            and grammar.quoting.search(text)
        ):
            quoting.add(id(unit))
        provisions.append(
            Provision(
                eid=names[id(unit)],
                kind=unit.kind,
                num=label,
                heading=heading,
                text=text,
                context=_context(unit, words),
                parent=names[id(unit.parent)] if unit.parent is not None else None,
                spans=(*_unplaced(label_spans), *_unplaced(heading_spans), *text_spans),
                language=language,
                is_quoted=is_quoted,
            )
        )
    return tuple(provisions)


def _unbracketed(heading: str) -> str:
    for opening, closing in ("()", "（）", "【】", "〔〕"):
        inner = heading[1:-1]
        if (
            heading.startswith(opening)
            and heading.endswith(closing)
            and opening not in inner
            and closing not in inner
        ):
            return inner.strip()
    return heading


def _unplaced(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans of a number or heading: they hold no characters of the text."""
    return tuple(Span(span.page, span.bbox) for span in spans)


def _context(unit: Unit, words: dict[int, tuple[str, str]]) -> str:
    """Headings and lead-ins of all ancestors, outermost first."""
    parts: list[str] = []
    above = unit.parent
    while above is not None:
        heading, text = words[id(above)]
        parts.append(" ".join(part for part in (heading, text) if part))
        above = above.parent
    return " > ".join(part for part in reversed(parts) if part)


def _gaps(units: Sequence[Unit], provisions: Sequence[Provision]) -> Iterable[Notice]:
    """Numbers that do not follow on that of the unit before them."""
    before: dict[tuple[int, int], Unit] = {}
    for unit, provision in zip(units, provisions, strict=True):
        if (
            unit.level is None
            or unit.reading is None
            or not unit.reading.value
            or unit.level.numbering == "free"
        ):
            continue
        is_continuous = unit.level.numbering == "continuous" and not unit.level.is_list
        key = unit.level.index, 0 if is_continuous else id(unit.parent)
        last = before.get(key)
        before[key] = unit
        if last is None or last.reading is None or is_successor(last.reading.value, unit.reading.value):
            continue
        code = "number-repeated" if last.reading.value == unit.reading.value else "numbering-gap"
        yield Notice(
            code,
            f"{provision.num!r} follows {last.reading.core!r} in the numbering",
            page=provision.page_start,
            eid=provision.eid,
        )
