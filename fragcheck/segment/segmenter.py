"""From a document to its provisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fragcheck.errors import SegmentationError
from fragcheck.records import Document, Notice, RuledTable, Segmentation, Tradition
from fragcheck.records.collector import without_collector
from fragcheck.segment.apart import find_apart
from fragcheck.segment.contents import contents_rows
from fragcheck.segment.detect import score_traditions
from fragcheck.segment.documents import documents_in, with_others
from fragcheck.segment.flow import Joiner
from fragcheck.segment.grammar import load_grammar, traditions
from fragcheck.segment.labels import LabelReader
from fragcheck.segment.languages import document_languages, in_own_languages
from fragcheck.segment.numbering import count_breaks, numbering_notices
from fragcheck.segment.outline import build
from fragcheck.segment.parallel import one_language
from fragcheck.segment.provisions import provisions_of
from fragcheck.segment.quotations import Quotation, find_quotations
from fragcheck.segment.rows import Layout, Row, body_rows, measure
from fragcheck.segment.ruled import find_tables
from fragcheck.segment.stretches import Stretches
from fragcheck.segment.typography import heading_blocks
from fragcheck.segment.units import Unit

__all__ = ["segment"]

#: Breaks in the numbering from which labels may have been misread by a scanner, and the share
#: of them that may be left for the tolerant reading to be taken.
_MANY_BREAKS = 5
_LEFT_BREAKS = 0.6


@without_collector()
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
    Pure and deterministic. A document with any text has at least one provision. Of a file that prints several
    documents one after another, the others stand under units of their own (`documents_in`), marked as quoted.
    """
    forced = _forced(tradition)
    parts, meant = documents_in(document)
    own = _divided(parts[meant], forced, language)
    if len(parts) == 1:
        return own
    others = {
        index: _divided(part, own.tradition, own.language or None)
        for index, part in enumerate(parts)
        if index != meant
    }
    return with_others(own, others, meant)


def _divided(document: Document, forced: Tradition | None, language: str | None) -> Segmentation:
    """One document divided."""
    rows, struck = body_rows(document)
    rows, end, pair = one_language(rows, language or document.language[:2].lower())
    given = language or pair[0]
    languages = (given,) if given else _languages(document, rows)
    spoken = languages[0] if languages else ""
    measured, layout = measure(rows, max((page.width for page in document.pages), default=0.0))
    readers = {name: LabelReader(load_grammar(name), measured, layout, spoken) for name in traditions()}
    scores = score_traditions(measured, readers, spoken)
    chosen = forced or max(scores, key=lambda pair: pair[1])[0]
    notices = [*_notices_of_choice(spoken, chosen, struck), *_notice_of_languages(*pair)]
    grammar = load_grammar(chosen)
    report = readers[Tradition.STANDARD]
    beside = dict.fromkeys(range(end, len(measured)), "other_language")
    units = _units(measured, layout, readers[chosen], report, document.tables, beside=beside)
    if count_breaks(units) >= _MANY_BREAKS:
        tolerant = LabelReader(grammar, measured, layout, spoken, is_tolerant=True)
        others = _units(measured, layout, tolerant, report, document.tables, beside=beside)
        if count_breaks(others) <= _LEFT_BREAKS * count_breaks(units):
            units = others
            notices.append(
                Notice("labels-misread", "labels that seem misread (l for 1) were read by their sequence")
            )
    provisions = provisions_of(units, Joiner(measured, spoken), grammar, spoken)
    notices.extend(numbering_notices(units, provisions))
    return Segmentation(
        document_id=document.id,
        provisions=in_own_languages(tuple(provisions.values()), languages),
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


def _languages(document: Document, rows: Sequence[Row]) -> tuple[str, ...]:
    if document.language:
        return (document.language[:2].lower(),)
    return document_languages([row.text for row in rows])


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


def _notice_of_languages(read: str, other: str) -> Iterable[Notice]:
    if read:
        yield Notice(
            "two-languages",
            f"the text is printed in two languages side by side: {read!r} was read, {other!r} is one unit; "
            f"to read that one instead, force its language with --lang",
        )


def _units(
    rows: Sequence[Row],
    layout: Layout,
    reader: LabelReader,
    report: LabelReader,
    grids: Sequence[RuledTable],
    *,
    beside: Mapping[int, str],
) -> list[Unit]:
    grammar = reader.grammar
    aside = {**dict.fromkeys(contents_rows(rows), "contents"), **beside}
    apart = find_apart(rows, layout, report, aside.keys())
    headings = heading_blocks(rows, layout) if grammar.has_headings else {}
    quotations: list[Quotation] = []
    if grammar.has_quoted_text:
        found = find_quotations(rows, _boundaries(rows, reader), grammar.quoting)
        outside = apart.rows
        quotations = [one for one in found if one.start not in outside]
    taken = aside.keys() | {index for one in quotations for index in range(one.start, one.end)}
    tables = find_tables(rows, grids, reader, taken)
    return build(reader, rows, layout, Stretches(aside, headings, quotations, tables, apart))


def _boundaries(rows: Sequence[Row], reader: LabelReader) -> frozenset[int]:
    """Rows that begin with a named label of the act, such as an article's, with good odds."""
    return frozenset(
        row.index
        for row in rows
        for reading in reader.at(row.index)
        if not reading.level.is_list and row.odds + reading.odds > 2.0
    )
