"""Who is asking: one control over all pages, and what it leaves of a job."""

from __future__ import annotations

import dataclasses
import datetime as dt

import streamlit as st

from fragcheck.records import ApplicabilityProfile, Ground
from fragcheck.ui import session
from fragcheck.ui.reading import role_words
from fragcheck.ui.texts import section, text

__all__ = ["NOBODY", "asking_control", "profile_words"]

NOBODY = ApplicabilityProfile()

_FIELDS = ("role", "sector", "tier", "territory")


def asking_control() -> None:
    """The control itself, closed; its label says who is asking."""
    profile = session.profile()
    label = profile_words(profile) if profile.grounds else text("asking.everyone")
    with st.popover(
        text("asking.label", who=label), icon=":material/person_search:", key="asking", on_change="rerun"
    ) as box:
        if not box.open:  # its choices are read from lexicons: not before they are wanted
            return
        st.caption(text("asking.note"))
        choices = session.applicability_choices()
        for name in _FIELDS:
            options = ("", *choices[Ground(name)])
            session.bound_select(name, text(f"asking.{name}"), options, _Words(name))
        _day()
        if profile.grounds and st.button(
            text("asking.clear"), icon=":material/filter_alt_off:", key="nobody"
        ):
            session.change(**{one.name: "" for one in dataclasses.fields(ApplicabilityProfile)})
            st.rerun()


@dataclasses.dataclass(frozen=True)
class _Words:
    """The words for a choice of a field."""

    field: str

    def __call__(self, value: str) -> str:
        if not value:
            return text("app.any")
        return _named(self.field, value)


def _named(field: str, value: str) -> str:
    if field == "role":
        return role_words(value)
    return section(f"{field}s").get(value, value) if field in ("sector", "tier") else value


def _day() -> None:
    """A box for the day; empty for any."""
    given = session.current().as_of
    st.session_state["choose_as_of"] = dt.date.fromisoformat(given) if given else None

    def take() -> None:
        day = st.session_state["choose_as_of"]
        session.change(as_of=day.isoformat() if day else "")

    st.date_input(
        text("asking.as_of"),
        key="choose_as_of",
        format="YYYY-MM-DD",
        min_value=dt.date(1950, 1, 1),
        max_value=dt.date(2100, 12, 31),
        on_change=take,
    )


def profile_words(profile: ApplicabilityProfile) -> str:
    """A profile in words, as short as a label."""
    parts = [_named(name, getattr(profile, name)) for name in _FIELDS if getattr(profile, name)]
    return " · ".join((*parts, profile.as_of) if profile.as_of else parts)
