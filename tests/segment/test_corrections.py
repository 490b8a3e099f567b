"""Corrections by hand: split, merge, renumber, change of kind, and anchors that survive a new reading."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fragcheck.records import (
    CORRECTED,
    LOST,
    Correction,
    CorrectionKind,
    Corrections,
    Notice,
    Provision,
    ProvisionKind,
    Segmentation,
    Span,
    Tradition,
    anchor_of,
)
from fragcheck.records.codec import decode, encode
from fragcheck.segment import apply_corrections, merge_targets, split_offset
from fragcheck.segment.draft import cut_spans, is_printed_after, number_in_name

K = ProvisionKind


def line(page, y, start, end, *, x0=72.0, x1=472.0):
    return Span(page, (x0, y, x1, y + 10), start, end)


def law(*provisions, warnings=()):
    return Segmentation("0" * 64, tuple(provisions), Tradition.EU, "en", warnings=warnings)


def article():
    """An article whose first paragraph holds a second one that was not recognised, with its list."""
    text = "The provider shall test the system. 2. The provider shall also:"
    return law(
        Provision("chp_I", K.CHAPTER, "Chapter I", "Duties"),
        Provision("art_1", K.ARTICLE, "Article 1", "Tests", context="Duties", parent="chp_I"),
        Provision(
            "art_1__para_1",
            K.PARAGRAPH,
            "1.",
            "",
            text,
            "Duties > Tests",
            "art_1",
            (Span(1, (60, 100, 70, 110)), line(1, 100, 0, 35), line(1, 112, 36, 63)),
        ),
        Provision(
            "art_1__para_1__point_a",
            K.POINT,
            "(a)",
            "",
            "keep records;",
            f"Duties > Tests > {text}",
            "art_1__para_1",
            (line(1, 124, 0, 13),),
        ),
        Provision(
            "art_1__para_1__point_b",
            K.POINT,
            "(b)",
            "",
            "report.",
            f"Duties > Tests > {text}",
            "art_1__para_1",
            (line(2, 80, 0, 7),),
        ),
        warnings=(Notice("gap", "a gap", eid="art_1__para_1__point_b"),),
    )


def corrected(segmentation, *corrections):
    return apply_corrections(segmentation, Corrections("0" * 64, corrections))


def anchor(segmentation, eid):
    return anchor_of(next(one for one in segmentation.provisions if one.eid == eid))


def correct(segmentation, kind, eid, **fields):
    return Correction(CorrectionKind(kind), anchor(segmentation, eid), **fields)


def eids(found):
    return [one.eid for one in found.segmentation.provisions]


def by_eid(found):
    return {one.eid: one for one in found.segmentation.provisions}


def test_a_split_takes_the_list_printed_after_it():
    made = article()
    found = corrected(made, correct(made, "split", "art_1__para_1", at=30, num="2."))
    assert found.lost == ()
    assert eids(found) == [
        "chp_I",
        "art_1",
        "art_1__para_1",
        "art_1__para_2",
        "art_1__para_2__point_a",
        "art_1__para_2__point_b",
    ]
    units = by_eid(found)
    assert units["art_1__para_1"].text == "The provider shall test the system."
    second = units["art_1__para_2"]
    assert (second.num, second.text) == ("2.", "The provider shall also:")
    assert second.spans[0].bbox[0] == 72
    assert second.spans[0].bbox[2] == 472
    assert units["art_1__para_2__point_a"].context == "Duties > Tests > The provider shall also:"
    assert units["art_1__para_2__point_a"].parent == "art_1__para_2"
    assert found.segmentation.warnings[0].eid == "art_1__para_2__point_b"
    for name in ("art_1__para_1", "art_1__para_2"):
        assert [notice.code for notice in units[name].warnings] == [CORRECTED]
    assert not units["art_1__para_2__point_a"].warnings


def test_a_split_behind_the_list_leaves_it_where_it_is():
    made = article()
    unit = made.provisions[2]
    spans = (line(1, 100, 0, 35), line(2, 100, 36, 63))
    made = replace(made, provisions=(*made.provisions[:2], replace(unit, spans=spans), *made.provisions[3:]))
    found = corrected(made, correct(made, "split", "art_1__para_1", at=30))
    assert eids(found)[2:] == [
        "art_1__para_1",
        "art_1__para_1__point_a",
        "art_1__para_1__point_b",
        "art_1__para_1~2",
    ]


def test_a_merge_hands_its_list_on():
    made = article()
    split = corrected(made, correct(made, "split", "art_1__para_1", at=30, num="2.")).segmentation
    found = corrected(split, correct(split, "merge", "art_1__para_2", target=anchor(split, "art_1__para_1")))
    assert eids(found) == [one.eid for one in made.provisions]
    unit = by_eid(found)["art_1__para_1"]
    assert unit.text == made.provisions[2].text
    assert by_eid(found)["art_1__para_1__point_a"].context == f"Duties > Tests > {unit.text}"
    assert sum(span.end - span.start for span in unit.spans) >= len("The provider shall also:")


@pytest.mark.parametrize(
    ("eid", "targets"),
    [
        ("chp_I", ()),
        ("art_1", ("chp_I",)),
        ("art_1__para_1__point_a", ("art_1__para_1",)),
        ("art_1__para_1__point_b", ("art_1__para_1__point_a", "art_1__para_1")),
    ],
)
def test_what_can_take_a_provision_up(eid, targets):
    assert merge_targets(article().provisions, eid) == targets


def test_a_merge_into_anything_else_is_lost():
    made = article()
    found = corrected(made, correct(made, "merge", "art_1__para_1__point_a", target=anchor(made, "chp_I")))
    assert len(found.lost) == 1
    assert found.segmentation.provisions == made.provisions


def test_renumbering_renames_all_that_is_named_after_it():
    made = article()
    found = corrected(made, correct(made, "renumber", "art_1__para_1", num="1a."))
    assert eids(found)[2:] == ["art_1__para_1a", "art_1__para_1a__point_a", "art_1__para_1a__point_b"]
    assert by_eid(found)["art_1__para_1a__point_a"].parent == "art_1__para_1a"
    assert found.segmentation.warnings[0].eid == "art_1__para_1a__point_b"


def test_a_number_that_is_taken_gets_a_suffix():
    made = article()
    found = corrected(made, correct(made, "renumber", "art_1__para_1__point_b", num="(a)"))
    assert eids(found)[-1] == "art_1__para_1__point_a~2"


def test_another_kind():
    made = article()
    found = corrected(made, correct(made, "change_kind", "art_1__para_1__point_a", to=K.SUBPARAGRAPH))
    unit = by_eid(found)["art_1__para_1__subpara_a"]
    assert unit.kind is K.SUBPARAGRAPH


def test_corrections_build_on_each_other():
    made = article()
    one = correct(made, "split", "art_1__para_1", at=30, num="2.")
    half = corrected(made, one).segmentation
    two = correct(half, "renumber", "art_1__para_2", num="3.")
    assert "art_1__para_3__point_b" in eids(corrected(made, one, two))
    undone = corrected(made, two)
    assert undone.lost == (two,)


def test_anchors_survive_a_reading_that_spaces_and_names_otherwise():
    made = article()
    correction = correct(made, "split", "art_1__para_1", at=30, num="2.")
    moved = [
        replace(one, eid=one.eid.replace("art_1", "art_01"), text=one.text.replace(" ", "  "), parent=None)
        for one in made.provisions
    ]
    found = corrected(replace(made, provisions=tuple(moved)), correction)
    assert found.lost == ()
    assert by_eid(found)["art_01__para_2"].text.startswith("The  provider  shall  also")


@pytest.mark.parametrize("change", ["words", "gone", "twice"])
def test_a_lost_anchor_is_reported(change):
    made = article()
    correction = correct(made, "renumber", "art_1__para_1__point_a", num="(z)")
    units = list(made.provisions)
    if change == "words":
        units[3] = replace(units[3], text="keep logs;")
    elif change == "gone":
        del units[3]
    else:
        units[3] = replace(units[3], eid="x")
        units.append(replace(units[3], eid="y"))
    found = corrected(replace(made, provisions=tuple(units)), correction)
    assert found.lost == (correction,)
    assert found.segmentation.provisions == tuple(units)
    notice = found.segmentation.warnings[-1]
    assert notice.code == LOST
    assert "art_1__para_1__point_a" in notice.message


@pytest.mark.parametrize(
    ("num", "name"),
    [
        ("Article 12a", "12a"),
        ("(c)", "c"),
        ("§ 5", "5"),
        ("1.2.3", "1.2.3"),
        ("ANNEX IV", "IV"),
        ("Article premier", "1"),
        ("第十二条", "12"),
        ("②", "2"),
        ("6-1-1702", "6-1-1702"),
        ("—", ""),
        ("", ""),
    ],
)
def test_numbers_in_names(num, name):
    assert number_in_name(num) == name


def test_reading_order_goes_by_columns_and_a_number_in_the_margin_is_none():
    end_of_line = (line(1, 100, 0, 9, x0=400),)
    listed = (line(1, 112, 0, 0, x0=60, x1=70), line(1, 112, 0, 30))
    assert is_printed_after(listed, end_of_line)
    left, right = (line(1, 700, 0, 9, x0=60, x1=280),), (line(1, 90, 0, 9, x0=320, x1=540),)
    assert is_printed_after(right, left)
    assert not is_printed_after(left, right)
    assert is_printed_after((line(2, 80, 0, 9),), right)


@pytest.mark.parametrize(
    ("text", "at", "index"), [("a b c", 2, 3), ("a b c", 0, 0), ("ab", 9, 2), ("", 1, 0)]
)
def test_offsets_do_not_count_white_space(text, at, index):
    assert split_offset(text, at) == index


def test_a_line_is_cut_where_the_text_is():
    first, second = cut_spans((Span(1, (0, 0, 1, 1)), line(1, 0, 0, 10, x0=0, x1=100)), 4, 5)
    assert first == (Span(1, (0, 0, 1, 1)), line(1, 0, 0, 4, x0=0, x1=40))
    assert second == (line(1, 0, 0, 5, x0=40, x1=100),)


def test_corrections_are_kept_as_json():
    made = article()
    kept = Corrections("0" * 64, (correct(made, "change_kind", "art_1", to=K.SECTION, made_at="2026-01-01"),))
    assert decode(Corrections, encode(kept)) == kept


words = st.text(st.sampled_from("ab 1.(c)"), max_size=12)


@st.composite
def trees(draw):
    """Any tree of provisions in document order, with names as the segmenter gives them."""
    n = draw(st.integers(1, 8))
    found, open_ = [], []
    for at in range(n):
        depth = draw(st.integers(0, len(open_)))
        open_ = open_[:depth]
        parent = open_[-1] if open_ else None
        eid = f"{parent}__point_{at}" if parent else f"art_{at}"
        open_.append(eid)
        text = draw(words)
        spans = (line(1 + at // 4, 20 * (at % 4), 0, len(text)),) if text and draw(st.booleans()) else ()
        found.append(Provision(eid, K.POINT, f"({at})", "", text, "", parent, spans, "en"))
    return law(*found)


@settings(max_examples=150, deadline=None)
@given(trees(), st.data())
def test_any_corrections_keep_every_character_and_a_sound_tree(made, data):
    now, kept = made, []
    for _ in range(data.draw(st.integers(1, 4))):
        unit = data.draw(st.sampled_from(now.provisions))
        kind = data.draw(st.sampled_from(["split", "merge", "change_kind"]))
        fields = {"at": data.draw(st.integers(0, 12)), "to": K.ITEM}
        targets = merge_targets(now.provisions, unit.eid)
        if kind == "merge" and targets:
            fields["target"] = anchor(now, data.draw(st.sampled_from(targets)))
        kept.append(correct(now, kind, unit.eid, **fields))
        now = corrected(now, kept[-1]).segmentation
    found = corrected(made, *kept).segmentation
    assert found.provisions == now.provisions
    assert characters(found) == characters(made)
    names = [one.eid for one in found.provisions]
    assert len(set(names)) == len(names)
    open_ = []
    for one in found.provisions:  # document order: what stands under a provision follows it at once
        while open_ and open_[-1] != one.parent:
            open_.pop()
        assert one.parent is None or open_
        open_.append(one.eid)
        assert all(0 <= span.start <= span.end <= len(one.text) for span in one.spans)


def characters(segmentation):
    return Counter(
        mark
        for one in segmentation.provisions
        for mark in one.num + one.heading + one.text
        if not mark.isspace()
    )
