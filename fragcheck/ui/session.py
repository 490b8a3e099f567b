"""Between Streamlit and the plain parts: the view of a session, the jobs of the server."""

from __future__ import annotations

import datetime as dt
import functools
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from fragcheck.errors import FragcheckError, InputError
from fragcheck.records import ApplicabilityProfile, Comparison, Ground
from fragcheck.store import home_folder
from fragcheck.ui import seats, texts
from fragcheck.ui.access import Mode
from fragcheck.ui.address import ViewState, from_query, to_query
from fragcheck.ui.cells import MEASURES
from fragcheck.ui.engine import Engine, OutcomeLike, PipelineEngine
from fragcheck.ui.jobs import FoundOutcome, Job, JobFloor, JobRegistry
from fragcheck.ui.own_taxonomy import own_label, taxonomies
from fragcheck.ui.permits import PermittedJobs
from fragcheck.ui.places import Place
from fragcheck.ui.reviews import PROJECT
from fragcheck.ui.texts import LANGUAGES, plain, section, text
from fragcheck.ui.workspace import SAMPLE, UnknownSet, Workspace

__all__ = [
    "applicability_choices",
    "begin",
    "begin_sample",
    "bound_many",
    "bound_select",
    "bound_tabs",
    "bound_words",
    "change",
    "check_profile",
    "current",
    "current_job",
    "guarded",
    "known_principles",
    "principle_name",
    "profile",
    "read_address",
    "registry",
    "speak",
    "whole_job",
    "write_address",
]

log = logging.getLogger(__name__)

#: Makes the engine of a registry; tests put their own here.
make_engine: Callable[[Place], Engine] = PipelineEngine

#: How many analyses run at once on this server; the others wait.
AT_ONCE = "FRAGCHECK_ANALYSES"

#: Seconds from the start of an analysis that a page waits for it before it shows how far it is: one that is
#: kept from before takes about one.
PATIENCE = 2.0

_VIEW = "view_state"

#: Page and query of the last run, in the state of a session.
_SEEN = "address_seen"


@st.cache_resource(show_spinner=False)
def _floor(root: str) -> JobFloor:
    del root  # names the server's folder, as below
    given = os.environ.get(AT_ONCE, "1").strip()
    if not (given.isdecimal() and 1 <= int(given) <= 64):
        raise InputError(f"a number of analyses at once from 1 to 64 wanted, {given} came; check {AT_ONCE}")
    return JobFloor(at_once=int(given))


@st.cache_resource(show_spinner=False)
def _registry(root: str, project: str, home: str) -> JobRegistry:
    return JobRegistry(
        Workspace(Path(root)), make_engine(Place(Path(root), project, is_shared=root != home)), _floor(home)
    )


def registry() -> JobRegistry | PermittedJobs:
    """All analyses of the project in view, in the hands of who sits here."""
    found = seats.place()
    jobs = _registry(str(found.root), found.project, str(home_folder()))
    return PermittedJobs(jobs, seats.ask) if seats.seat().is_team else jobs


def known_principles() -> tuple[str, ...]:
    """``overall``, the principles and the control points."""
    return ("overall", *(name for taxonomy in taxonomies() for name in taxonomy.ids))


def principle_name(principle: str) -> str:
    """The words for a principle: its label in the user's taxonomy, if there is one."""
    own = own_label(principle)
    if own is not None:
        return own
    return section("principles").get(principle, principle.replace("_", " ").capitalize())


def current() -> ViewState:
    """The view of this session."""
    found = st.session_state.get(_VIEW)
    return found if isinstance(found, ViewState) else ViewState()


def change(**changes: str) -> None:
    """Change the view and its address; another set forgets what was open in the old one."""
    state = current()
    if changes.get("set", state.set) != state.set:
        state = replace(state, left="", right="", eid="", unit="", among="", reference="")
    st.session_state[_VIEW] = replace(state, **changes)
    write_address()


def speak(asked: str = "") -> None:
    """Speak the language of this session, or the one that is asked for, from now on in this run."""
    texts.speak(asked or current().lang)


def read_address(page: str = "") -> None:
    """Take up what the address asks for; parts that cannot be used become a notice.

    An address that the browser went back or forth to says all: what it does not name is at its default.
    One that only leads to another page keeps what is in view.
    """
    query = st.query_params.to_dict()
    seen = st.session_state.get(_SEEN)
    is_whole = seen is not None and query != seen[1] and (page == seen[0] or "set" in query)
    base = ViewState(set=current().set, lang=current().lang) if is_whole else current()
    state, refused = from_query(
        query,
        base,
        principles=known_principles(),
        measures=tuple(MEASURES),
        languages=tuple(LANGUAGES),
    )
    if state.set != current().set and "left" not in st.query_params:
        state = replace(state, left="", right="", eid="")
    if state.set != current().set:
        state = replace(
            state,
            **{name: "" for name in ("doc", "unit", "among", "reference") if name not in st.query_params},
        )
    st.session_state[_VIEW] = state
    st.session_state[_SEEN] = (page, query)
    speak()
    if refused:
        st.warning(text("app.bad_address", parts=", ".join(refused)), icon=":material/link_off:")


def write_address() -> None:
    """Make the address show the view."""
    wanted = to_query(current())
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    if _SEEN in st.session_state:
        st.session_state[_SEEN] = (st.session_state[_SEEN][0], wanted)


def profile() -> ApplicabilityProfile:
    """Who is asking in this session."""
    state = current()
    return ApplicabilityProfile(state.role, state.sector, state.tier, state.territory, state.as_of)


@functools.lru_cache(maxsize=1)
def applicability_choices() -> dict[Ground, tuple[str, ...]]:
    """What a profile can name, by ground."""
    from fragcheck.pipeline import applicability_choices as known

    return known()


def check_profile() -> None:
    """Take what is not known out of the profile that the address names, with a notice."""
    state, wrong = current(), []
    for ground, known in applicability_choices().items() if profile().grounds else ():
        if (value := getattr(state, ground.value)) and value not in known:
            wrong.append(ground.value)
    if state.as_of:
        try:
            dt.date.fromisoformat(state.as_of)
        except ValueError:
            wrong.append("as_of")
    if wrong:
        change(**dict.fromkeys(wrong, ""))
        st.warning(text("app.bad_address", parts=", ".join(wrong)), icon=":material/link_off:")


@st.cache_resource(max_entries=8, show_spinner=False)
def _narrowed(
    at: tuple[str, float, int], wanted: ApplicabilityProfile, _job: Job, _engine: Engine
) -> tuple[tuple[OutcomeLike, ...], Comparison | None]:
    """What concerns a reader of what a job has read; `at` names the job and how far it is."""
    del at
    outcomes = tuple(
        outcome
        if outcome.analysis is None
        else FoundOutcome(
            outcome.path,
            _engine.narrow_analysis(outcome.analysis, wanted),
            outcome.error,
            outcome.seconds,
            outcome.from_cache,
        )
        for outcome in _job.outcomes
    )
    found = None if _job.comparison is None else _engine.narrow(_job.comparison, wanted)
    return outcomes, found


def current_job() -> Job:
    """The job of the set in view, narrowed to who is asking.

    A document that holds nothing for the reader is not among the files of the job.
    """
    job, wanted = whole_job(), profile()
    if not wanted.grounds:
        return job
    with st.spinner(text("asking.computing"), show_time=False):
        at = (job.set_id, job.started, len(job.outcomes) + (job.comparison is not None))
        outcomes, found = _narrowed(at, wanted, job, registry().engine)
    entries = job.chosen.entries if job.chosen else ()
    dropped = _dropped(found)
    kept = [
        (outcome, entry)
        for outcome, entry in zip(outcomes, entries, strict=False)
        if outcome.analysis is None or outcome.analysis.document.id not in dropped
    ]
    chosen = None if job.chosen is None else replace(job.chosen, entries=tuple(entry for _, entry in kept))
    narrowed = replace(job, chosen=chosen, outcomes=tuple(one for one, _ in kept), comparison=found)
    return narrowed if job.snapshot().is_finished else replace(narrowed, chosen=job.chosen)


def _dropped(comparison: Comparison | None) -> frozenset[str]:
    """Hashes of the documents that hold nothing for the reader."""
    if comparison is None or comparison.applicability is None:
        return frozenset()
    return frozenset(one.partition("#")[0] for one in comparison.applicability.dropped)


def whole_job() -> Job:
    """The job of the set in view; a set that is not here becomes a notice and the sample corpus."""
    job = _job_in_view()
    job.wait(PATIENCE)
    return job


def _job_in_view() -> Job:
    try:
        return registry().ensure(current().set)
    except UnknownSet as error:
        st.warning(plain(str(error)), icon=":material/link_off:")
        change(set=SAMPLE)
        return registry().ensure(SAMPLE)


def begin() -> None:
    """Begin what the pages of this set wait for, in a process of its own, before the page itself is made."""
    if not current().matrix:
        _job_in_view()


def begin_sample() -> None:
    """Begin the sample corpus before anybody asks for it, on a server where nobody logs in.

    Called without a session, when the server starts: the analysis then runs while the browser still loads.
    """
    found = seats.settings()
    if found.mode is not Mode.TEAM and not found.problems:
        root = str(home_folder())
        _registry(root, PROJECT, root).ensure(SAMPLE)


def bound_select(
    field: str,
    label: str,
    options: Sequence[str],
    names: Callable[[str], str],
    *,
    changed: Callable[[], None] | None = None,
    is_label_shown: bool = True,
) -> str:
    """A select box that shows a field of the view, and on choice changes it.

    The box's key is ``choose_<field>``; `changed` replaces the plain change of the field.
    """
    key = f"choose_{field}"
    value = getattr(current(), field)
    st.session_state[key] = value if value in options else options[0]
    taken = changed or functools.partial(_take_up, field, key)
    return str(
        st.selectbox(
            label,
            list(options),
            key=key,
            format_func=names,
            on_change=taken,
            label_visibility="visible" if is_label_shown else "collapsed",
        )
    )


def bound_many(
    field: str, label: str, options: Sequence[str], names: Callable[[str], str], *, hint: str = ""
) -> tuple[str, ...]:
    """A box for several values that shows a field of the view, and on choice changes it.

    What the address names and `options` do not hold is left out. The key is ``choose_<field>``.
    """
    key = f"choose_{field}"
    wanted = getattr(current(), field).split(",")
    st.session_state[key] = [option for option in options if option in wanted]
    found = st.multiselect(
        label,
        list(options),
        key=key,
        format_func=names,
        placeholder=hint or text("app.any"),
        on_change=lambda: change(**{field: ",".join(st.session_state[key])}),
    )
    return tuple(found)


def bound_tabs(field: str, label: str, options: Sequence[str], group: str) -> str:
    """A row of tabs that shows a field of the view, and changes it; its words are ``group.option``."""
    key = f"choose_{field}"
    st.session_state[key] = getattr(current(), field)
    chosen = st.segmented_control(
        label,
        list(options),
        format_func=lambda name: text(f"{group}.{name}"),
        required=True,
        key=key,
        label_visibility="collapsed",
        on_change=lambda: change(**{field: st.session_state[key] or options[0]}),
    )
    return chosen or str(getattr(current(), field))  # a run that was cut short can leave it empty


def bound_words(field: str, label: str, hint: str) -> str:
    """A box for words that shows a field of the view, and changes it. The key is ``choose_<field>``."""
    key = f"choose_{field}"
    st.session_state[key] = getattr(current(), field)
    found = st.text_input(
        label,
        key=key,
        placeholder=hint,
        icon=":material/search:",
        max_chars=200,
        on_change=functools.partial(_take_up, field, key),
    )
    return found or ""


def _take_up(field: str, key: str) -> None:
    change(**{field: st.session_state[key]})


def guarded(page: Callable[[], None]) -> Callable[[], None]:
    """The page with every error as a notice; the log keeps the traceback."""

    @functools.wraps(page)
    def shown() -> None:
        try:
            page()
        except FragcheckError as error:
            st.error(plain(seats.public(str(error))), icon=":material/error:")
        except Exception as error:
            log.exception("page %s", getattr(page, "__module__", page))
            st.error(text("app.unexpected", kind=type(error).__name__), icon=":material/error:")

    return shown
