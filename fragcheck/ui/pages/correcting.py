"""Corrections by hand: split, merge, renumber, change the kind of a provision; undo."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import streamlit as st

from fragcheck.records import (
    LOST,
    Analysis,
    Correction,
    CorrectionKind,
    Corrections,
    Provision,
    ProvisionKind,
    Role,
    anchor_of,
)
from fragcheck.store import corrections_json
from fragcheck.ui import seats, session
from fragcheck.ui.cutting import cut_points, likely_cut
from fragcheck.ui.evidence import Source
from fragcheck.ui.reading import kind_words
from fragcheck.ui.texts import plain, text

__all__ = ["show_correcting", "show_corrections"]


def show_correcting(source: Source, eid: str) -> None:
    """The form to correct the provision in view."""
    if not seats.may(Role.REVIEWER):
        return
    provision = source.provisions[eid]
    with st.expander(text("correct.title"), icon=":material/edit:"):
        st.caption(text("correct.note"))
        if not st.session_state.get("correct_how"):  # a run that was cut short can leave it empty
            st.session_state["correct_how"] = CorrectionKind.SPLIT.value
        how = st.segmented_control(
            text("correct.how"),
            [kind.value for kind in CorrectionKind],
            format_func=lambda name: text(f"correct.{name}"),
            required=True,
            key="correct_how",
        )
        made = _asked(source, provision, CorrectionKind(how or CorrectionKind.SPLIT))
        if made is not None and st.button(
            text("correct.apply"), icon=":material/check:", key="correct_apply"
        ):
            _add(source.analysis, made)


def _asked(source: Source, provision: Provision, kind: CorrectionKind) -> Correction | None:
    """The correction that the reader has put together; None where there is nothing to correct so."""
    key = f"{kind.value}_{provision.eid}"
    made = Correction(kind, anchor_of(provision))
    if kind is CorrectionKind.SPLIT:
        return _split(provision, made, key)
    if kind is CorrectionKind.MERGE:
        return _merge(source, provision, made, key)
    if kind is CorrectionKind.RENUMBER:
        num = st.text_input(text("correct.number"), provision.num, max_chars=60, key=key).strip()
        return replace(made, num=num) if num != provision.num else None
    kinds = [one.value for one in ProvisionKind]
    chosen = st.selectbox(
        text("correct.kind"), kinds, index=kinds.index(provision.kind.value), format_func=kind_words, key=key
    )
    return replace(made, to=ProvisionKind(chosen)) if chosen != provision.kind.value else None


def _split(provision: Provision, made: Correction, key: str) -> Correction | None:
    points = cut_points(provision.text)
    if not points:
        st.info(text("correct.too_short"))
        return None
    index = st.selectbox(
        text("correct.where"),
        range(len(points)),
        index=likely_cut(points),
        format_func=lambda at: points[at].label,
        help=text("correct.where_help"),
        key=key,
    )
    point = points[index]
    num = st.text_input(text("correct.second_number"), point.num, max_chars=60, key=f"{key}_{index}_num")
    return replace(made, at=point.at, num=num.strip())


def _merge(source: Source, provision: Provision, made: Correction, key: str) -> Correction | None:
    from fragcheck.segment import merge_targets

    targets = merge_targets(source.analysis.segmentation.provisions, provision.eid)
    if not targets:
        st.info(text("correct.nothing_before"))
        return None
    chosen = st.selectbox(text("correct.into"), targets, format_func=source.label, key=key)
    return replace(made, target=anchor_of(source.provisions[chosen]))


def _add(analysis: Analysis, made: Correction) -> None:
    """Keep a correction, once it is sure that it applies, and have the document read with it."""
    from fragcheck.segment import apply_corrections

    document_id = analysis.document.id
    tried = apply_corrections(analysis.segmentation, Corrections(document_id, (made,)))
    if tried.lost:
        st.error(text("correct.refused"), icon=":material/error:")
        return
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    kept = seats.corrections().load(document_id)
    seats.corrections().save(replace(kept, corrections=(*kept.corrections, replace(made, made_at=now))))
    eids = [provision.eid for provision in analysis.segmentation.provisions]
    at = eids.index(made.anchor.eid)
    seen = made.target.eid if made.target is not None else tried.segmentation.provisions[at].eid
    _read_again(document_id, seen)


def _read_again(document_id: str, unit: str) -> None:
    session.registry().forget_document(document_id)
    session.change(unit=unit)
    st.rerun()


def show_corrections(analysis: Analysis) -> None:
    """What was corrected in the document so far, with the way back; nothing where nothing was."""
    document_id = analysis.document.id
    kept = seats.corrections().load(document_id)
    if not kept.corrections:
        return
    lost = _lost(analysis, kept)
    with st.popover(text("correct.list", n=len(kept.corrections)), icon=":material/edit_note:"):
        st.markdown(
            "\n".join(
                f"{at}. {_words(one)}" + (f" **{text('correct.lost')}**" if one in lost else "")
                for at, one in enumerate(kept.corrections, 1)
            )
        )
        with st.container(horizontal=True):
            is_reviewer = seats.may(Role.REVIEWER)
            if is_reviewer and st.button(text("correct.undo"), icon=":material/undo:", key="correct_undo"):
                seats.corrections().save(replace(kept, corrections=kept.corrections[:-1]))
                _read_again(document_id, kept.corrections[-1].anchor.eid)
            if (
                lost
                and is_reviewer
                and st.button(text("correct.drop_lost"), icon=":material/delete:", key="correct_drop")
            ):
                remaining = tuple(one for one in kept.corrections if one not in lost)
                seats.corrections().save(replace(kept, corrections=remaining))
                _read_again(document_id, session.current().unit)
            st.download_button(
                text("correct.download"),
                json.dumps(corrections_json(kept), ensure_ascii=False, indent=1),
                file_name=f"corrections-{document_id[:12]}.json",
                mime="application/json",
                icon=":material/download:",
                on_click="ignore",
            )
    for notice in analysis.segmentation.warnings:
        if notice.code == LOST:
            st.warning(plain(notice.message), icon=":material/link_off:")


def _lost(analysis: Analysis, kept: Corrections) -> tuple[Correction, ...]:
    from fragcheck.segment import lost_notice

    return tuple(one for one in kept.corrections if lost_notice(one) in analysis.segmentation.warnings)


def _words(correction: Correction) -> str:
    """One correction in words, as Markdown."""
    return text(
        f"correct.{correction.kind.value}_line",
        eid=plain(correction.anchor.eid),
        num=plain(correction.num) or text("pair.absent"),
        kind=kind_words(correction.to.value) if correction.to else "",
        target=plain(correction.target.eid) if correction.target else "",
    )
