"""The chosen provision: its words with the evidence marked, its tags, requirements and definitions."""

from __future__ import annotations

from html import escape

import streamlit as st

from fragcheck.records import CORRECTED, Annotation, Definition, Provision, Requirement, Tag
from fragcheck.ui import session
from fragcheck.ui.evidence import Source
from fragcheck.ui.outline import below
from fragcheck.ui.pages.document_references import show_references
from fragcheck.ui.reading import (
    evidence_words,
    figure_words,
    kind_words,
    marked,
    requirement_rows,
    type_words,
)
from fragcheck.ui.style import chip
from fragcheck.ui.table_view import table_html
from fragcheck.ui.texts import bare, plain, text

__all__ = ["show_reading"]

#: Provisions under the chosen one that are shown with it.
BELOW = 30


def show_reading(source: Source, eid: str, warnings: tuple[str, ...]) -> None:
    """Show all that is known of a provision."""
    provision = source.provisions[eid]
    note = next((found for found in source.analysis.annotations if found.eid == eid), None)
    all_tags = (*note.tags, *note.sovereignty) if note else ()
    tags = [tag for tag in all_tags if tag.is_on]
    _head(source, provision, note)
    for warning in warnings:
        st.warning(plain(warning), icon=":material/warning:")
    shown = _highlight(tags, eid)
    _words(provision, shown)
    _under(source, eid)
    _tags(provision, tags, [tag for tag in all_tags if tag.is_unsure and not tag.is_on])
    if note is not None:
        _requirements(note.requirements)
        _definitions(note.definitions)
    show_references(source, eid)
    st.caption(text("document.eid", eid=f"`{eid.replace('`', '')}`"))


def _head(source: Source, provision: Provision, note: Annotation | None) -> None:
    chips = [chip(kind_words(provision.kind.value))]
    if note is not None:
        chips.insert(0, chip(type_words(note.provision_type.value), "strong"))
    first, last = provision.page_start, provision.page_end
    if first is not None:
        place = text("document.page" if first == last else "document.pages", first=first, last=last)
        chips.append(chip(place, "soft"))
    if provision.is_quoted:
        chips.append(chip(text("document.quoted"), "strong"))
    if any(notice.code == CORRECTED for notice in provision.warnings):
        chips.append(chip(text("document.corrected"), "strong"))
    context = (
        f'<div class="fc-context" dir="auto">{escape(provision.context)}</div>' if provision.context else ""
    )
    st.html(
        f'<div class="fc-context" dir="auto">{escape(source.name)}</div>'
        f'<div class="fc-head fc-title" dir="auto">{escape(source.label(provision.eid))}</div>'
        f"{context}<div>{''.join(chips)}</div>"
    )


def _highlight(tags: list[Tag], eid: str) -> list[Tag]:
    """The tags whose words are to be marked: all, or the one that the reader picks."""
    with_words = [tag for tag in tags if tag.evidence]
    if len(with_words) < 2:
        return with_words
    names = {tag.principle: bare(session.principle_name(tag.principle)) for tag in with_words}
    picked = st.pills(
        text("document.highlight"), list(names), format_func=names.__getitem__, key=f"marks_{eid}"
    )
    return [tag for tag in with_words if picked in (None, tag.principle)]


def _words(provision: Provision, tags: list[Tag]) -> None:
    spans = [
        (start, end, session.principle_name(tag.principle)) for tag in tags for start, end in tag.evidence
    ]
    if provision.cells:
        st.html(table_html(provision.cells, spans))
        return
    words = marked(provision.text, spans) if provision.text else escape(text("document.no_text"))
    kind = "fc-law" if provision.text else "fc-context"
    st.html(f'<blockquote class="{kind}" dir="auto">{words}</blockquote>')


def _under(source: Source, eid: str) -> None:
    """The provisions under the chosen one, so that a lead-in can be read with its list."""
    found, n = below(source.analysis, eid, BELOW)
    if not found:
        return
    with st.expander(text("document.below"), expanded=True, icon=":material/subdirectory_arrow_right:"):
        st.html("".join(_indented(depth, one) for depth, one in found))
        if n > len(found):
            st.caption(text("document.below_more", n=n - len(found)))


def _indented(depth: int, provision: Provision) -> str:
    label = escape(" ".join(f"{provision.num} {provision.heading}".split()))
    return (
        f'<div class="fc-below" dir="auto" style="margin-left:{min(depth - 1, 5) * 1.1:.1f}rem">'
        f"<strong>{label}</strong> {escape(provision.text)}</div>"
    )


def _tags(provision: Provision, tags: list[Tag], unsure: list[Tag]) -> None:
    """What a provision bears on, and what the tagger would not say it does, nor that it does not."""
    st.markdown(f"**{text('document.tags')}**")
    if tags:
        st.markdown("\n".join(_tag_lines(provision, tags)))
    else:
        st.caption(text("document.tags_none"))
    if unsure:
        names = ", ".join(
            f"{plain(session.principle_name(tag.principle))} {tag.probability:.0%}" for tag in unsure
        )
        st.caption(text("document.tags_unsure", names=names))


def _tag_lines(provision: Provision, tags: list[Tag]) -> list[str]:
    lines = []
    for tag in sorted(tags, key=lambda tag: -tag.probability):
        words = ", ".join(f"“{plain(word)}”" for word in evidence_words(provision.text, tag))
        line = text(
            "document.tag_line",
            name=plain(session.principle_name(tag.principle)),
            value=f"{tag.probability:.0%}",
            words=words or text("document.tag_words_none"),
        )
        lines.append(f"- {line}" + (f" {text('document.tag_unsure')}" if tag.is_unsure else ""))
    return lines


def _requirements(requirements: tuple[Requirement, ...]) -> None:
    if not requirements:
        st.caption(text("document.requirements_none"))
        return
    st.markdown(f"**{text('document.requirements', n=len(requirements))}**")
    st.html("".join(_card(requirement) for requirement in requirements))


def _card(requirement: Requirement) -> str:
    rows = list(requirement_rows(requirement))
    rows += [
        (text("document.figures"), f"“{found.text}”: {figure_words(found)}")
        for found in requirement.parameters
    ]
    cells = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td dir='auto'>{escape(words)}</td></tr>"
        for name, words in rows
    )
    return (
        f'<div class="fc-card"><div class="fc-context" dir="auto">{escape(requirement.text)}</div>'
        f'<table class="fc-fields">{cells}</table></div>'
    )


def _definitions(definitions: tuple[Definition, ...]) -> None:
    if not definitions:
        return
    st.markdown(f"**{text('document.definitions', n=len(definitions))}**")
    st.html(
        "".join(
            f'<div class="fc-card" dir="auto"><strong>{escape(found.term)}</strong>: '
            f"{escape(found.definiens)}</div>"
            for found in definitions
        )
    )
