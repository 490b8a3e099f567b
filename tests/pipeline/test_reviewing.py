"""What people settled, applied to analyses, matches and results; and taken away again."""

from __future__ import annotations

import dataclasses
import json

import pytest

from fragcheck.align import match_units
from fragcheck.errors import InputError
from fragcheck.pipeline import (
    annotation_row,
    compare_analyses,
    comparison_json,
    comparison_report,
    review_match,
    review_parameter,
    review_relation,
    review_tag,
    review_type,
    reviewed_analysis,
    verify_result,
)
from fragcheck.pipeline.reviewing import pair_rulings
from fragcheck.records import (
    Alignment,
    Candidate,
    Modality,
    ProvisionType,
    Relation,
    Requirement,
    TextUnit,
    Unit,
    Verdict,
)


@pytest.fixture(scope="module")
def two(sample_analyses):
    return sample_analyses[0], sample_analyses[1]


@pytest.fixture(scope="module")
def machine(two, sample_store):
    return compare_analyses(two, store=sample_store)


def signed(review, name="ann", moment="2026-01-01T00:00:00+00:00"):
    return dataclasses.replace(review, reviewer=name, made_at=moment)


def text(comparison):
    return json.dumps(comparison_json(comparison), ensure_ascii=False, indent=1) + "\n"


def annotated(analysis, eid):
    return next(each for each in analysis.annotations if each.eid == eid)


def first_tag(analysis, *, is_on):
    for each in analysis.annotations:
        for tag in each.tags:
            if tag.is_on is is_on and each.requirements:
                return each.eid, tag
    raise AssertionError


@pytest.mark.parametrize(
    ("verdict", "is_on", "change", "after"),
    [
        (Verdict.ACCEPT, True, None, True),
        (Verdict.ACCEPT, False, None, False),
        (Verdict.REJECT, True, None, False),
        (Verdict.REJECT, False, None, True),
        (Verdict.CHANGE, False, True, True),
        (Verdict.CHANGE, True, False, False),
    ],
)
def test_a_tag_is_settled_with_certainty_and_shows_who_did(two, verdict, is_on, change, after):
    eid, tag = first_tag(two[0], is_on=is_on)
    review = signed(review_tag(two[0], eid, tag.principle, verdict, is_on=change, reason="So it says."))
    assert review.model == tag.source
    done = reviewed_analysis(two[0], [review])
    found = annotated(done.analysis, eid)
    settled = next(each for each in found.tags if each.principle == tag.principle)
    assert (settled.is_on, settled.probability, settled.source) == (after, float(after), "reviewed by ann")
    others = [each for each in done.analysis.annotations if each.eid != eid]
    assert others == [each for each in two[0].annotations if each.eid != eid]
    row = annotation_row(done.analysis.provision(eid), found)
    assert row["reviewed"] == {f"tag {tag.principle}": "ann"}
    assert "reviewed" not in annotation_row(two[0].provision(eid), annotated(two[0], eid))


def test_reviews_of_other_documents_change_nothing(two):
    eid, tag = first_tag(two[0], is_on=True)
    review = signed(review_tag(two[0], eid, tag.principle, Verdict.REJECT, reason="x"))
    assert reviewed_analysis(two[1], [review]).analysis is two[1]
    assert reviewed_analysis(two[0], []).analysis is two[0]


@pytest.mark.parametrize(
    ("to", "modality", "is_negated"),
    [
        (ProvisionType.PERMISSION, Modality.PERMISSION, False),
        (ProvisionType.RECOMMENDATION, Modality.RECOMMENDATION, False),
        (ProvisionType.PROHIBITION, Modality.PROHIBITION, True),
        (ProvisionType.POWER, Modality.PERMISSION, False),
        (ProvisionType.PROCEDURE, Modality.OBLIGATION, False),
        (ProvisionType.STATEMENT, None, None),
    ],
)
def test_a_type_gives_its_force_to_the_requirements(two, to, modality, is_negated):
    eid = next(
        each.eid
        for each in two[0].annotations
        if each.provision_type is ProvisionType.OBLIGATION
        and each.requirements
        and each.requirements[0].modality is Modality.OBLIGATION
    )
    review = signed(review_type(two[0], eid, Verdict.CHANGE, to=to, reason="x"))
    found = annotated(reviewed_analysis(two[0], [review]).analysis, eid)
    assert found.provision_type is to
    assert ("type", "ann") in found.reviewed
    if modality is None:
        assert found.requirements == ()
    else:
        assert (found.requirements[0].modality, found.requirements[0].is_negated) == (modality, is_negated)


def first_parameter(analysis):
    for each in analysis.annotations:
        for requirement in each.requirements:
            for parameter in requirement.parameters:
                if not parameter.iso_date:
                    return each.eid, parameter
    raise AssertionError


def parameters(analysis, eid):
    return [one for each in annotated(analysis, eid).requirements for one in each.parameters]


def test_a_parameter_is_changed_and_taken_away(two):
    eid, found = first_parameter(two[0])
    change = review_parameter(
        two[0], eid, found.start, Verdict.CHANGE, to={"value": 7, "unit": "year"}, reason="x"
    )
    (settled, *_) = [
        one
        for one in parameters(reviewed_analysis(two[0], [signed(change)]).analysis, eid)
        if one.start == found.start
    ]
    assert (settled.value, settled.unit, settled.text) == (7.0, "year", found.text)
    assert settled.kind is found.kind
    gone = review_parameter(two[0], eid, found.start, Verdict.REJECT, reason="x")
    left = parameters(reviewed_analysis(two[0], [signed(gone)]).analysis, eid)
    assert [one.start for one in left] == [
        one.start for one in parameters(two[0], eid) if one.start != found.start
    ]
    kept = review_parameter(two[0], eid, found.start, Verdict.ACCEPT, reason="x")
    after = annotated(reviewed_analysis(two[0], [signed(kept)]).analysis, eid)
    assert after.requirements == annotated(two[0], eid).requirements
    assert after.reviewed == ((f"parameter {found.start}-{found.end}", "ann"),)


def test_a_date_gets_its_day_number(two):
    eid, found = first_parameter(two[0])
    review = review_parameter(
        two[0], eid, found.start, Verdict.CHANGE, to={"kind": "date", "iso_date": "2026-08-02"}, reason="x"
    )
    assert json.loads(review.after)["value"] == 739830.0


def test_words_that_are_gone_are_counted_not_guessed(two, sample_store):
    eid, tag = first_tag(two[0], is_on=True)
    review = signed(review_tag(two[0], eid, tag.principle, Verdict.REJECT, reason="x"))
    elsewhere = dataclasses.replace(review, subject=dataclasses.replace(review.subject, eid="art_none"))
    assert reviewed_analysis(two[0], [elsewhere]).applied == (elsewhere,)  # the same words, renumbered
    other = dataclasses.replace(review, subject=dataclasses.replace(review.subject, text_sha256="0" * 64))
    assert other.subject.key == review.subject.key
    done = reviewed_analysis(two[0], [other])
    assert (done.analysis, done.lost) == (two[0], (other,))
    unknown = dataclasses.replace(review, subject=dataclasses.replace(review.subject, name="beauty"))
    result = compare_analyses(two, store=sample_store, reviews=[other, unknown])
    (notice,) = result.warnings
    assert notice.message.startswith("2 reviews do not apply")
    assert result.reviews == ()


BAD = [
    (lambda a, p: review_tag(a, "art_none", "privacy", Verdict.ACCEPT, reason="x"), "no provision art_none"),
    (lambda a, p: review_tag(a, a.annotations[0].eid, "beauty", Verdict.ACCEPT, reason="x"), "beauty came"),
    (lambda a, p: review_tag(a, a.annotations[0].eid, "privacy", Verdict.CHANGE, reason="x"), "on or off"),
    (lambda a, p: review_type(a, a.annotations[0].eid, Verdict.CHANGE, reason="x"), "to change a type"),
    (
        lambda a, p: review_parameter(a, a.annotations[0].eid, 9999, Verdict.ACCEPT, reason="x"),
        "character 9999 came",
    ),
    (lambda a, p: quantity(a, {}), "nothing came"),
    (lambda a, p: quantity(a, {"colour": "red"}), "colour came"),
    (lambda a, p: quantity(a, {"kind": "colour"}), "values of a quantity"),
    (lambda a, p: quantity(a, {"value": "many"}), "values of a quantity"),
    (lambda a, p: quantity(a, {"iso_date": "soon"}), "values of a quantity"),
    (lambda a, p: review_match(p, "x#0", "y#0", Verdict.ACCEPT, reason="x"), "by its key"),
    (lambda a, p: changed_match(p, None), "name its counterpart"),
    (lambda a, p: changed_match(p, "x#0"), "by its key"),
    (lambda a, p: unmatched_relation(p), "are no match here"),
]


def quantity(analysis, to):
    eid, found = first_parameter(analysis)
    return review_parameter(analysis, eid, found.start, Verdict.CHANGE, to=to, reason="x")


def changed_match(pair, instead):
    one = pair.matches[0]
    return review_match(pair, one.left_key, one.right_key, Verdict.CHANGE, instead=instead, reason="x")


def unmatched_relation(pair):
    known = {(one.left_key, one.right_key) for one in (*pair.matches, *pair.near)}
    keys = next(
        (left.key, right.key)
        for left in pair.left_units
        for right in pair.right_units
        if (left.key, right.key) not in known
    )
    return review_relation(pair, *keys, Verdict.ACCEPT, reason="x")


@pytest.mark.parametrize(("make", "words"), BAD)
def test_what_cannot_be_reviewed_is_said(two, machine, make, words):
    with pytest.raises(InputError, match=words):
        make(two[0], machine.pairs[0])


def doubtful(pair):
    return min(
        (one for one in pair.matches if one.relation is not Relation.EQUAL), key=lambda one: one.probability
    )


def keys(matches):
    return {(one.left_key, one.right_key) for one in matches}


@pytest.mark.model
def test_a_rejected_match_is_gone_everywhere(two, machine, sample_store):
    pair = machine.pairs[0]
    one = doubtful(pair)
    review = signed(review_match(pair, one.left_key, one.right_key, Verdict.REJECT, reason="Other matter."))
    result = compare_analyses(two, store=sample_store, reviews=[review])
    (after,) = result.pairs
    assert (one.left_key, one.right_key) not in keys((*after.matches, *after.near, *after.opposed))
    assert after.overall.value > pair.overall.value
    assert result.reviews == (review,)


@pytest.mark.model
def test_an_accepted_pair_is_a_match_whatever_the_machine_said(two, machine, sample_store):
    pair = machine.pairs[0]
    gaps = [gap for gap in pair.gaps if "#" in gap.key]
    left = next(
        one for one in pair.left_units if one.key in {gap.key for gap in gaps} and one.requirement is not None
    )
    right = next(one for one in pair.right_units if one.requirement is not None)
    review = signed(review_match(pair, left.key, right.key, Verdict.ACCEPT, reason="The same duty."))
    assert json.loads(review.before)["is_match"] is False
    (after,) = compare_analyses(two, store=sample_store, reviews=[review]).pairs
    found = next(one for one in after.matches if (one.left_key, one.right_key) == (left.key, right.key))
    assert (found.probability, found.reviewed) == (1.0, (("match", "ann"),))
    assert left.key not in {gap.key for gap in after.gaps}


@pytest.mark.model
def test_a_changed_match_moves_to_the_other_counterpart(two, machine, sample_store):
    pair = machine.pairs[0]
    one = doubtful(pair)
    other = next(
        unit
        for unit in pair.right_units
        if unit.key != one.right_key
        and (unit.definition is None) == ("definition" not in one.differs)
        and unit.requirement is not None
    )
    review = signed(
        review_match(pair, one.left_key, one.right_key, Verdict.CHANGE, instead=other.key, reason="x")
    )
    (after,) = compare_analyses(two, store=sample_store, reviews=[review]).pairs
    assert (one.left_key, one.right_key) not in keys(after.matches)
    assert (one.left_key, other.key) in keys(after.matches)


@pytest.mark.model
@pytest.mark.parametrize("to", [Relation.EQUAL, Relation.CONTRARY, Relation.SUBSET_OF, Relation.NONE])
def test_a_relation_is_settled_and_keeps_its_sense_from_either_side(two, machine, sample_store, to):
    pair = machine.pairs[0]
    one = next(
        each
        for each in pair.matches
        if each.relation is Relation.INTERSECTS_WITH and each.differs and "polarity" not in each.differs
    )
    review = signed(review_relation(pair, one.left_key, one.right_key, Verdict.CHANGE, to=to, reason="x"))
    forth = compare_analyses(two, store=sample_store, reviews=[review]).pairs[0]
    back = compare_analyses(two[::-1], store=sample_store, reviews=[review]).pairs[0]
    found = [
        each for each in forth.matches if (each.left_key, each.right_key) == (one.left_key, one.right_key)
    ]
    seen = [each for each in back.matches if (each.left_key, each.right_key) == (one.right_key, one.left_key)]
    if to is Relation.NONE:
        assert found == seen == []
        return
    assert found[0].relation is to
    assert seen[0].relation is (Relation.SUPERSET_OF if to is Relation.SUBSET_OF else to)
    assert found[0].reviewed == (("relation", "ann"),)
    assert "Reviewed by ann" in found[0].rationale
    assert (found[0].differs == ()) is (to is Relation.EQUAL)
    assert ("polarity" in found[0].differs) is (to is Relation.CONTRARY)
    assert back.overall.value == forth.overall.value
    if to is Relation.EQUAL:
        assert forth.overall.value < pair.overall.value
    if to is Relation.CONTRARY:
        assert forth.overall.value > pair.overall.value


def some_reviews(analyses, pair):
    eid, tag = first_tag(analyses[0], is_on=True)
    place, parameter = first_parameter(analyses[1])
    one = doubtful(pair)
    other = next(
        each for each in pair.matches if each.relation is Relation.INTERSECTS_WITH and each is not one
    )
    return [
        signed(review_tag(analyses[0], eid, tag.principle, Verdict.REJECT, reason="x")),
        signed(review_type(analyses[1], place, Verdict.ACCEPT, reason="x")),
        signed(
            review_parameter(
                analyses[1], place, parameter.start, Verdict.CHANGE, to={"value": 99}, reason="x"
            )
        ),
        signed(review_match(pair, one.left_key, one.right_key, Verdict.REJECT, reason="x"), "ben"),
        signed(
            review_relation(
                pair, other.left_key, other.right_key, Verdict.CHANGE, to=Relation.EQUAL, reason="x"
            ),
            "ben",
        ),
    ]


@pytest.mark.model
def test_without_its_reviews_a_result_is_the_machines_to_the_byte(two, machine, sample_store):
    reviews = some_reviews(two, machine.pairs[0])
    before = text(machine)
    reviewed = compare_analyses(two, store=sample_store, reviews=reviews)
    assert len(reviewed.reviews) == len(reviews)
    assert text(reviewed) != before
    assert text(compare_analyses(two, store=sample_store)) == before
    assert text(compare_analyses(two)) == before
    assert text(compare_analyses(two, reviews=reviews[::-1])) == text(reviewed)


@pytest.mark.model
def test_reviews_show_in_every_report_and_verify_replays_them(two, machine, sample_store, sample_pdfs):
    reviews = some_reviews(two, machine.pairs[0])
    reviewed = compare_analyses(two, store=sample_store, reviews=reviews)
    result = comparison_json(reviewed)
    assert {one["reviewer"] for one in result["reviews"]} == {"ann", "ben"}
    assert [one["reviewed"] for one in result["pairs"][0]["matches"] if "reviewed" in one] == [
        {"relation": "ben"}
    ]
    found = verify_result(text(reviewed), folders=[sample_pdfs[0].parent])
    assert found.findings == ()
    page = comparison_report(reviewed, "html").decode()
    assert "relation reviewed by ben" in page
    changed = json.loads(text(reviewed))
    changed["reviews"] = changed["reviews"][1:]
    tampered = json.dumps(changed, ensure_ascii=False, indent=1) + "\n"
    kinds = {one.kind for one in verify_result(tampered, folders=[sample_pdfs[0].parent]).findings}
    assert {"digest", "value"} <= kinds


@pytest.mark.model
def test_the_workbook_says_what_was_reviewed(two, machine, sample_store, tmp_path):
    import io

    import openpyxl

    reviewed = compare_analyses(two, store=sample_store, reviews=some_reviews(two, machine.pairs[0]))
    book = openpyxl.load_workbook(io.BytesIO(comparison_report(reviewed, "xlsx")), read_only=True)
    words = {
        sheet: " ".join(str(cell) for row in book[sheet].iter_rows(values_only=True) for cell in row)
        for sheet in ("Matches", "Requirements", "Provenance")
    }
    assert "relation by ben" in words["Matches"]
    assert " by ann" in words["Requirements"]
    assert "reject by ben" in words["Provenance"]


def unit(key, words, term=False):
    return Unit(
        key, key.split("#")[0], TextUnit(key, words), requirement=Requirement(words, Modality.OBLIGATION)
    )


def test_rulings_stand_and_the_rest_is_matched_beside_them():
    lefts = [unit("a#0", "keep the logs"), unit("b#0", "report the incident")]
    rights = [unit("x#0", "keep the logs"), unit("y#0", "tell the authority"), unit("z#0", "train people")]
    candidates = [("b#0", "y#0", 0.9), ("b#0", "z#0", 0.6), ("a#0", "y#0", 0.3), ("a#0", "x#0", 0.99)]
    alignment = Alignment(
        tuple(Candidate(left, right, 1, chance, chance) for left, right, chance in candidates), (), ()
    )

    def matched(**ruled):
        named = {tuple(f"{one}#0" for one in pair): is_match for pair, is_match in ruled.items()}
        return keys(match_units(lefts, rights, alignment, ruled=named))

    assert matched() == {("a#0", "x#0"), ("b#0", "y#0")}
    assert matched(by=False) == {("a#0", "x#0"), ("b#0", "z#0")}  # the next best comes in
    assert matched(ax=False) == {("b#0", "y#0")}  # also where the words are the same
    assert {("a#0", "y#0")} <= matched(ay=True)
    assert matched(az=True, ay=True, bx=True) >= {("a#0", "z#0"), ("a#0", "y#0"), ("b#0", "x#0")}
    assert matched(qq=True) == matched()


def test_a_match_is_one_subject_from_either_side(machine):
    pair = machine.pairs[0]
    one = pair.matches[0]
    turned = dataclasses.replace(
        pair,
        left=pair.right,
        right=pair.left,
        left_units=pair.right_units,
        right_units=pair.left_units,
        matches=(
            dataclasses.replace(
                one, left=one.right, right=one.left, left_key=one.right_key, right_key=one.left_key
            ),
        ),
    )
    here = review_match(pair, one.left_key, one.right_key, Verdict.REJECT, reason="x")
    there = review_match(turned, one.right_key, one.left_key, Verdict.REJECT, reason="x")
    assert here.subject == there.subject
    rulings = pair_rulings((pair.left, pair.right), (pair.left_units, pair.right_units), [signed(there)])
    assert rulings.matches == {(one.left_key, one.right_key): False}
