"""One document as it stands: contents, the chosen provision with what is found in it, its page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from fragcheck.records import Analysis, Role
from fragcheck.ui import seats, session
from fragcheck.ui.address import document_of, token
from fragcheck.ui.cells import document_title
from fragcheck.ui.evidence import Source
from fragcheck.ui.forcing import can_force, force_form, language_name
from fragcheck.ui.jobs import Job
from fragcheck.ui.outline import ProvisionFilter, facets, kept_eids, neighbours, outline_rows, warnings_by_eid
from fragcheck.ui.pages.correcting import show_correcting, show_corrections
from fragcheck.ui.pages.document_reading import show_reading
from fragcheck.ui.pages.document_sheet import show_sheet
from fragcheck.ui.parts import chosen_in, show_part
from fragcheck.ui.progress import progress_panel
from fragcheck.ui.reading import named_documents, role_words, type_words
from fragcheck.ui.setline import set_line, standing_words, unread_notices
from fragcheck.ui.texts import plain, section, text

__all__ = ["show"]

_FILTERS = ("find", "tag", "type", "who")


@dataclass(frozen=True)
class _Sight:
    """The document in view: its place in the set, and its provisions under the filters in force."""

    job: Job
    index: int
    analysis: Analysis
    name: str
    wanted: ProvisionFilter

    @cached_property
    def asked(self) -> tuple[str, ...]:
        return kept_eids(self.analysis, self.wanted)

    @cached_property
    def order(self) -> dict[str, int]:
        return {one.eid: at for at, one in enumerate(self.analysis.segmentation.provisions)}


def show() -> None:
    """Show the document in view, as soon as it is read."""
    job = session.whole_job()
    st.subheader(text("document.title"), anchor=False)
    set_line(job)
    is_finished = job.snapshot().is_finished
    if not is_finished:
        progress_panel(job)
    found = [(at, outcome.analysis) for at, outcome in enumerate(job.outcomes) if outcome.analysis]
    if not found:
        if is_finished:
            st.warning(text("document.none_read"), icon=":material/description:")
        return
    first, second = st.columns([5, 3], vertical_alignment="bottom")
    with first:
        index, analysis, name = _choose(found)
    with second, st.container(horizontal=True, vertical_alignment="bottom"):
        _read_as(job, index, analysis)
        show_corrections(analysis)
    _standing(analysis)
    if not analysis.segmentation.provisions:
        st.warning(text("document.no_provisions"), icon=":material/description:")
        return
    sight = _Sight(job, index, analysis, name, _filters(analysis))
    eid = _unit(sight)
    contents, reading, page = st.columns([3, 4, 5], gap="medium")
    with contents:
        _tree(sight, eid)
    source = Source(job, analysis, name)
    with reading:
        _steps(sight, eid)
        show_reading(source, eid, warnings_by_eid(analysis).get(eid, ()))
        show_correcting(source, eid)
    with page:
        show_sheet(source, eid)
    unread_notices(job)


def _standing(analysis: Analysis) -> None:
    """Title, kind and status of the document, with its flags."""
    from fragcheck.pipeline import document_flags

    kind, status = standing_words(analysis.document)
    parts = [plain(found)] if (found := document_title(analysis)) else []
    parts.append(text("document.standing", kind=kind, status=status))
    parts += [
        f":material/flag: **{section('flags')[flag.value]}**" for flag in document_flags(analysis.document)
    ]
    st.caption(" · ".join(parts))


def _choose(found: list[tuple[int, Analysis]]) -> tuple[int, Analysis, str]:
    """The document of the address; the first one where it names none, or one that is not here."""
    names = named_documents([analysis for _, analysis in found])
    ids = tuple(names)
    given = session.current().doc
    known = document_of(given, ids) if given else ids[0]
    if known is None:
        st.warning(text("document.unknown_document"), icon=":material/link_off:")
        known = ids[0]
    if token(known) != given:
        session.change(doc=token(known), unit=session.current().unit if not given else "")
    tokens = {token(one): names[one] for one in ids}
    session.bound_select(
        "doc", text("document.choose"), tuple(tokens), tokens.__getitem__, changed=_other_document
    )
    index, analysis = found[ids.index(known)]
    return index, analysis, names[known]


def _other_document() -> None:
    session.change(doc=st.session_state["choose_doc"], unit="")


def _read_as(job: Job, index: int, analysis: Analysis) -> None:
    """What was detected or forced, and the way to force it."""
    entries = job.chosen.entries if job.chosen else ()
    is_forced = bool(entries[index].tradition or entries[index].language)
    found = analysis.segmentation
    words = text(
        "document.read_as_forced" if is_forced else "document.read_as",
        tradition=section("traditions")[found.tradition.value],
        language=language_name(found.language),
    )
    with st.popover(words, icon=":material/translate:"):
        if can_force(job, index) and seats.may(Role.REVIEWER):
            st.caption(text("document.force_note"))
            force_form(job, index, _open_set)
        else:
            st.caption(text("document.force_table"))


def _open_set(set_id: str) -> None:
    doc = session.current().doc
    session.change(set=set_id)
    session.change(doc=doc)
    st.rerun()


def _filters(analysis: Analysis) -> ProvisionFilter:
    tags, types, roles = facets(analysis)
    words, first, second, third, last = st.columns([3, 3, 3, 3, 2], vertical_alignment="bottom")
    with words:
        find = session.bound_words("find", text("document.search"), text("document.search_hint"))
    with first:
        tag = session.bound_many("tag", text("document.filter_tag"), tags, session.principle_name)
    with second:
        kind = session.bound_many("type", text("document.filter_type"), types, type_words)
    with third:
        who = session.bound_many("who", text("document.filter_role"), roles, role_words)
    with last:
        is_warned = st.checkbox(text("document.filter_warned"), key="only_warned")
    return ProvisionFilter(find, tag, kind, who, is_warned)


def _unit(sight: _Sight) -> str:
    """The provision of the address; the first one asked for where it names none that is here."""
    given = session.current().unit
    if given in sight.order:
        return given
    if given:
        st.warning(text("document.unknown_unit"), icon=":material/link_off:")
    first = next(iter(sight.asked or sight.order))
    session.change(unit=first)
    return first


def _tree(sight: _Sight, eid: str) -> None:
    n, kept = len(sight.order), len(sight.asked)
    st.caption(
        text("document.tree_count", n=n)
        if sight.wanted.is_open
        else text("document.tree_kept", n=n, kept=kept)
    )
    if not sight.wanted.is_open:
        st.button(text("document.clear"), icon=":material/filter_alt_off:", key="clear", on_click=_clear)
    if not kept:
        st.info(text("document.tree_none"), icon=":material/search_off:")
        return
    rows = outline_rows(sight.analysis, sight.asked)
    show_part(
        "tree",
        {
            "document": f"{sight.job.set_id}/{session.current().doc}",
            "rows": [
                [
                    row.eid,
                    row.depth,
                    row.label,
                    row.page,
                    " ".join(row.warnings),
                    int(row.is_asked),
                    int(row.is_corrected),
                    int(row.is_quoted),
                ]
                for row in rows
            ],
            "chosen": eid,
            "expand": not sight.wanted.is_open,
            "words": {name: text(f"document.{name}") for name in ("tree", "quoted", "corrected", "warning")},
        },
        key="contents",
        on_chosen=_from_tree,
    )


def _from_tree() -> None:
    chosen = chosen_in("contents")
    if chosen:
        session.change(unit=chosen)


def _clear() -> None:
    session.change(**dict.fromkeys(_FILTERS, ""))
    st.session_state["only_warned"] = False


def _steps(sight: _Sight, eid: str) -> None:
    """Previous and next among the provisions asked for."""
    before, after, place = neighbours(sight.asked, sight.order, eid)
    n = len(sight.asked)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            text("document.previous"),
            icon=":material/chevron_left:",
            key="previous",
            disabled=not before,
            on_click=session.change,
            kwargs={"unit": before},
        )
        st.button(
            text("document.next"),
            icon=":material/chevron_right:",
            key="next",
            disabled=not after,
            on_click=session.change,
            kwargs={"unit": after},
        )
        st.caption(
            plain(text("document.place", at=place, n=n) if place else text("document.place_outside", n=n))
        )
