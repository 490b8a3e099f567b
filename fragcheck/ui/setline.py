"""Which set is in view, for whom, what its documents are, and what could not be read: on most pages."""

from __future__ import annotations

import streamlit as st

from fragcheck.records import Applicability, Comparison, Document, Flag
from fragcheck.ui import session
from fragcheck.ui.asking import profile_words
from fragcheck.ui.cells import document_names
from fragcheck.ui.jobs import Job
from fragcheck.ui.texts import plain, section, text
from fragcheck.ui.workspace import SAMPLE

__all__ = [
    "NAMED",
    "applicability_words",
    "document_flags",
    "first_names",
    "flag_words",
    "page_list",
    "set_line",
    "standing_words",
    "unread_notices",
    "unread_words",
]

#: Files that the line of the set names, where there are many: the Library lists all.
NAMED = 3


def set_line(job: Job) -> None:
    """One line that names the set; then for whom it is narrowed, and which documents are not alike."""
    if job.set_id == SAMPLE:
        st.caption(text("app.set_sample"))
    elif job.chosen is not None:
        st.caption(text("app.set_uploaded", names=first_names([entry.name for entry in job.chosen.entries])))
    if job.comparison is None:
        return
    if job.comparison.applicability is not None:
        words = applicability_words(job.comparison.applicability, _dropped_names(job))
        st.info(words, icon=":material/person_search:")
    if (words := flag_words(job.comparison)) != "":
        st.caption(words)


def first_names(names: list[str]) -> str:
    """Names of files in Markdown: of many the first few, so that the line does not fill a narrow page."""
    if len(names) <= NAMED + 1:
        return plain(", ".join(names))
    return text("app.set_more", names=plain(", ".join(names[:NAMED])), n=len(names) - NAMED)


def _dropped_names(job: Job) -> list[str]:
    """Names of the documents that the narrowed comparison of `job` does not hold any more."""
    whole = session.registry().ensure(job.set_id).comparison
    found = job.comparison.applicability if job.comparison else None
    if whole is None or found is None:
        return []
    names = dict(zip(whole.document_ids, document_names(whole.analyses), strict=True))
    return [names[one] for one in found.dropped if one in names]


def applicability_words(found: Applicability, dropped: list[str]) -> str:
    """What was left out, and what was kept although the documents do not tell, in Markdown."""
    words = text(
        "asking.left",
        kept=sum(count.n_kept for count in found.counts),
        all=sum(count.n_all for count in found.counts),
        who=plain(profile_words(found.profile)),
    )
    unknown = {
        ground: sum(dict(count.unknown).get(ground, 0) for count in found.counts)
        for ground in found.profile.grounds
    }
    told = ", ".join(f"{text(f'asking.not_told_{ground.value}')} {n}" for ground, n in unknown.items() if n)
    if told:
        words += " " + text("asking.unknown", told=told)
    if dropped:
        words += " " + text("asking.dropped", names=", ".join(map(plain, dropped)))
    return words


def document_flags(comparison: Comparison) -> dict[str, tuple[Flag, ...]]:
    """What must be known of each document before its figures are set beside those of others."""
    from fragcheck.pipeline import flags_of

    return flags_of(comparison)


def standing_words(document: Document) -> tuple[str, str]:
    """Kind and status of a document in words; "not known" where the catalogue does not hold the file."""
    status = section("instrument_statuses").get(document.status, text("documents.unknown_standing"))
    return section("document_kinds")[document.kind.value], status


def flag_words(comparison: Comparison) -> str:
    """One line that names the flagged documents, flag by flag, in Markdown; empty where there are none."""
    names = dict(zip(comparison.document_ids, document_names(comparison.analyses), strict=True))
    flagged: dict[Flag, list[str]] = {}
    for one, flags in document_flags(comparison).items():
        for flag in flags:
            flagged.setdefault(flag, []).append(plain(names[one]))
    parts = [
        f"**{section('flags')[flag.value]}**: {', '.join(flagged[flag])}" for flag in Flag if flag in flagged
    ]
    parts += [
        f"**{text('flags_line.one_work')}**: {plain(names[pair.left])}, {plain(names[pair.right])}"
        for pair in comparison.pairs
        if pair.is_one_work
    ]
    if not parts:
        return ""
    return f":material/flag: {text('flags_line.alike')} " + " · ".join(parts)


def unread_words(job: Job) -> tuple[str, ...]:
    """One line for every file that was not, or not wholly, read."""
    lines = []
    for outcome, entry in zip(job.outcomes, job.chosen.entries if job.chosen else (), strict=False):
        if outcome.error is not None:
            lines.append(plain(str(outcome.error).replace(str(outcome.path), entry.name)))
        elif outcome.analysis is not None and outcome.analysis.document.unread_pages:
            pages = outcome.analysis.document.unread_pages
            words = text(
                "heatmap.page_one" if len(pages) == 1 else "heatmap.page_many", pages=page_list(pages)
            )
            lines.append(
                text("heatmap.unread", name=plain(entry.name), pages=words, how=text("heatmap.ocr_how"))
            )
    return tuple(lines)


def page_list(pages: tuple[int, ...]) -> str:
    """Page numbers with runs joined: ``1–3, 7``."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def unread_notices(job: Job) -> None:
    """Show `unread_words`."""
    for line in unread_words(job):
        st.warning(line, icon=":material/visibility_off:")
