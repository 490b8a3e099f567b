"""The lists of a pair: matched provisions, gaps on each side, duties that remain."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from fragcheck.records import Gap, Match, PairResult, Relation, Side, Unit
from fragcheck.ui import session
from fragcheck.ui.address import parse_eid
from fragcheck.ui.evidence import Source, show_provision
from fragcheck.ui.pairing import (
    MatchFilter,
    field_rows,
    filtered_gaps,
    filtered_matches,
    page_of_list,
    residual_units,
    slice_of_page,
    unit_words,
    units_by_key,
)
from fragcheck.ui.style import chip
from fragcheck.ui.texts import bare, plain, section, text
from fragcheck.ui.wording import mark_differences

__all__ = ["show_lists"]

#: Entries on one page of a list: a rerun stays under a second.
PAGE_SIZE = 10

#: Below this probability it is likelier than not that an expert would not map the two.
_LIKELY = 0.5

LISTS = ("matches", "gaps_left", "gaps_right", "residual_right", "residual_left")


def show_lists(pair: PairResult, principle: str, sources: tuple[Source, Source]) -> None:
    """Show one of the lists, chosen by the reader."""
    scope = "overall"
    if principle != "overall" and st.toggle(
        text("pair.filter_principle", principle=bare(session.principle_name(principle))),
        value=True,
        key="only_principle",
    ):
        scope = principle
    words = st.text_input(
        text("pair.search"), key="list_words", placeholder=text("pair.search_hint"), icon=":material/search:"
    )
    lists = _Lists(pair, sources, scope, words or "")
    _locate(lists)
    counts = lists.counts()
    st.session_state.setdefault("pair_list", next((name for name in LISTS if counts[name]), LISTS[0]))
    chosen = st.segmented_control(
        text("pair.list"),
        LISTS,
        format_func=lambda name: text(f"pair.{name}", n=counts[name]),
        required=True,
        key="pair_list",
        label_visibility="collapsed",
    )
    lists.show(str(chosen or "matches"))


def _locate(lists: _Lists) -> None:
    """Turn to the list and the page on which the provision of the address stands, once per address."""
    eid = session.current().eid
    if not eid or st.session_state.get("located_eid") == eid:
        return
    st.session_state["located_eid"] = eid
    left, right = parse_eid(eid)
    known = (not left or left in lists.sources[0].provisions) and (
        not right or right in lists.sources[1].provisions
    )
    if not known:
        st.warning(text("pair.unknown_eid"), icon=":material/link_off:")
        return
    for name in LISTS:
        for position, (one, other) in enumerate(lists.eids(name)):
            if (one, other) == (left, right):
                st.session_state["pair_list"] = name
                st.session_state[f"list_page_{name}"] = page_of_list(position, PAGE_SIZE)
                return


class _Lists:
    """All lists of a pair under the filters in force."""

    def __init__(self, pair: PairResult, sources: tuple[Source, Source], scope: str, words: str) -> None:
        self.pair = pair
        self.sources = sources
        self.units = units_by_key(pair)
        wanted = MatchFilter(
            fields=tuple(st.session_state.get("filter_fields", ())),
            relations=tuple(st.session_state.get("filter_relations", ())),
            principle=scope,
            order=str(st.session_state.get("match_order", "sure")),
            words=words,
        )
        self.matches = filtered_matches(pair, wanted)
        self.gaps = {side: filtered_gaps(pair, side, wanted) for side in Side}
        self.residual = {
            Side.RIGHT: residual_units(pair.left_satisfies_right, self.units[1], words),
            Side.LEFT: residual_units(pair.right_satisfies_left, self.units[0], words),
        }

    def counts(self) -> dict[str, int]:
        """Length of every list."""
        return {name: len(self.eids(name)) for name in LISTS}

    def eids(self, name: str) -> list[tuple[str, str]]:
        """Provisions left and right of every entry of a list; empty on the side that has none."""
        if name == "matches":
            return [(match.left, match.right) for match in self.matches]
        kind, _, side = name.partition("_")
        found: Sequence[Gap] | Sequence[Unit]
        found = self.gaps[Side(side)] if kind == "gaps" else self.residual[Side(side)]
        return [(entry.eid, "") if side == "left" else ("", entry.eid) for entry in found]

    def show(self, name: str) -> None:
        """Show one page of a list."""
        if name == "matches":
            self._filters()
        first, last, n = _pager(name, self.eids(name))
        if not n:
            st.info(
                text("pair.no_matches" if name == "matches" else "pair.no_gaps"), icon=":material/search_off:"
            )
            return
        kind, _, side = name.partition("_")
        for position in range(first, last):
            with st.container(border=True):
                if name == "matches":
                    self._match(self.matches[position], position)
                elif kind == "gaps":
                    gap = self.gaps[Side(side)][position]
                    sure = text("pair.gap_probability", value=f"{gap.probability:.0%}")
                    self._single(Side(side), gap.key, gap.eid, sure)
                else:
                    unit = self.residual[Side(side)][position]
                    self._single(Side(side), unit.key, unit.eid, "")

    def _filters(self) -> None:
        first, second, third = st.columns(3)
        with first:
            st.multiselect(
                text("pair.filter_field"),
                list(section("fields")),
                format_func=section("fields").__getitem__,
                key="filter_fields",
                placeholder=text("app.any"),
            )
        with second:
            st.multiselect(
                text("pair.filter_relation"),
                [relation.value for relation in Relation if relation is not Relation.NONE],
                format_func=section("relations").__getitem__,
                key="filter_relations",
                placeholder=text("app.any"),
            )
        with third:
            st.selectbox(
                text("pair.sort"),
                ("sure", "differs", "document"),
                format_func=lambda name: text(f"pair.sort_{name}"),
                key="match_order",
            )

    def _match(self, match: Match, position: int) -> None:
        left, right = self.units[0].get(match.left_key), self.units[1].get(match.right_key)
        st.html(_match_chips(match))
        words = [unit_words(unit) for unit in (left, right)]
        sides = mark_differences(*words)
        for column, source, eid, html in zip(
            st.columns(2), self.sources, (match.left, match.right), (sides.left, sides.right), strict=True
        ):
            column.html(_law(source, eid, html))
        if not sides.is_marked and all(words):
            languages = {source.analysis.segmentation.language for source in self.sources}
            st.caption(text("pair.other_language" if len(languages) > 1 else "pair.different_words"))
        st.html(_field_table(match, left, right))
        if match.rationale:
            st.caption(f"{text('pair.why')}: {plain(match.rationale)}")
        self._evidence(f"{match.left}|{match.right}", f"match_{position}")

    def _single(self, side: Side, key: str, eid: str, sure: str) -> None:
        at = 0 if side is Side.LEFT else 1
        unit = self.units[at].get(key)
        chips = chip(sure, "soft") if sure else ""
        if unit is not None and unit.duplicates:
            chips += chip(text("pair.duplicates", n=len(unit.duplicates) + 1), "soft")
        st.html(chips + _law(self.sources[at], eid, escape(unit_words(unit))))
        self._evidence(f"{eid}|" if at == 0 else f"|{eid}", f"{side.value}_{key}")

    def _evidence(self, eid: str, key: str) -> None:
        """The button that opens and closes the page, and the page where it is open."""
        is_open = session.current().eid == eid
        st.button(
            text("pair.hide" if is_open else "pair.show"),
            key=f"show_{key}",
            icon=":material/visibility_off:" if is_open else ":material/plagiarism:",
            on_click=_open,
            args=("" if is_open else eid,),
        )
        if not is_open:
            return
        shown = [(at, one) for at, one in enumerate(parse_eid(eid)) if one]
        columns = st.columns(2) if len(shown) > 1 else [st.container()]
        for column, (at, one) in zip(columns, shown, strict=True):
            with column:
                show_provision(self.sources[at], one, f"{at}")


def _open(eid: str) -> None:
    st.session_state["located_eid"] = eid
    session.change(eid=eid)


def _pager(name: str, entries: Sequence[object]) -> tuple[int, int, int]:
    """First, last (exclusive) and number of entries of the page in view, with its control."""
    n = len(entries)
    key = f"list_page_{name}"
    pages = max(1, -(-n // PAGE_SIZE))
    st.session_state[key] = min(max(int(st.session_state.get(key, 1)), 1), pages)
    if pages > 1:
        st.number_input(text("pair.page_of", n=pages), 1, pages, key=key, width=220)
    first, last = slice_of_page(n, int(st.session_state[key]), PAGE_SIZE)
    if n:
        st.caption(text("pair.showing", first=first + 1, last=last, n=n))
    return first, last, n


def _match_chips(match: Match) -> str:
    relation = section("relations")[match.relation.value]
    chips = chip(relation, "strong" if match.relation is Relation.CONTRARY else "")
    chips += chip(text("pair.probability", value=f"{match.probability:.0%}"), "soft")
    if match.probability < _LIKELY:
        chips += chip(text("pair.possible"), "soft")
    if match.relation is Relation.CONTRARY:
        chips += f"<span>{escape(text('pair.contrary_note'))}</span>"
    return chips


def _law(source: Source, eid: str, html: str) -> str:
    context = source.context(eid)
    above = f'<div class="fc-context" dir="auto">{escape(context)}</div>' if context else ""
    return (
        f'<div class="fc-head" dir="auto">{escape(source.name)} · {escape(source.label(eid))}</div>{above}'
        f'<div class="fc-law" dir="auto">{html}</div>'
    )


def _field_table(match: Match, left: Unit | None, right: Unit | None) -> str:
    """The compared fields; those that differ carry a mark and a tint."""
    lines = []
    for row in field_rows(match, left, right):
        name = escape(section("fields")[row.field])
        words = [escape(one) or text("pair.absent") for one in (row.left, row.right)]
        if row.field in ("polarity", "definition"):
            words = [escape(text("pair.differs" if row.differs else "pair.alike"))] * 2
        kind = ' class="fc-differs"' if row.differs else ""
        lines.append(
            f'<tr{kind}><th>{name}</th><td dir="auto">{words[0]}</td><td dir="auto">{words[1]}</td></tr>'
        )
    return f'<table class="fc-fields">{"".join(lines)}</table>' if lines else "<span></span>"
