"""Documents that are not alike are flagged, and no index mixes them by default."""

from __future__ import annotations

import dataclasses

import pytest

from fragcheck.pipeline import comparison_json, comparison_table, document_flags, forces_of, pairs_on_path
from fragcheck.records import Document, DocumentKind, Flag, Force


@pytest.mark.parametrize(
    ("kind", "status", "translated", "wanted"),
    [
        (DocumentKind.LAW, "in_force", False, ()),
        (DocumentKind.LAW, "adopted", True, (Flag.TRANSLATION, Flag.NOT_YET)),
        (DocumentKind.LAW, "repealed", False, (Flag.REPEALED,)),
        (DocumentKind.BILL, "vetoed", False, (Flag.BILL, Flag.VETOED)),
        (DocumentKind.ORDER, "", False, ()),
        (DocumentKind.SOFT_LAW, "in_force", False, (Flag.SOFT_LAW,)),
        (DocumentKind.STANDARD, "replaced", False, (Flag.REPLACED, Flag.STANDARD)),
        (DocumentKind.TREATY, "", False, (Flag.TREATY,)),
        (DocumentKind.UNKNOWN, "", False, ()),
    ],
)
def test_flags(kind, status, translated, wanted):
    document = Document("0" * 64, "Act", "act.pdf", kind=kind, status=status, is_translation=translated)
    assert document_flags(document) == wanted


def with_documents(comparison, **changes):
    first, *others = comparison.analyses
    changed = dataclasses.replace(first, document=dataclasses.replace(first.document, **changes))
    return dataclasses.replace(comparison, analyses=(changed, *others), address="")


@pytest.mark.parametrize(
    ("changes", "force"),
    [
        ({"kind": DocumentKind.LAW, "status": "in_force"}, Force.BINDING),
        ({"kind": DocumentKind.LAW, "status": "adopted"}, Force.BINDING),
        ({"kind": DocumentKind.BILL}, Force.NOT_IN_FORCE),
        ({"kind": DocumentKind.LAW, "status": "repealed"}, Force.NOT_IN_FORCE),
        ({"kind": DocumentKind.SOFT_LAW}, Force.NON_BINDING),
        ({"kind": DocumentKind.UNKNOWN}, Force.BINDING),  # it speaks as a law
    ],
)
def test_what_is_set_beside_what(sample_comparison, changes, force):
    found = with_documents(sample_comparison, **changes)
    assert forces_of(found)[found.document_ids[0]] is force


def test_a_bill_leaves_the_index_of_laws(sample_comparison):
    laws = comparison_json(with_documents(sample_comparison, kind=DocumentKind.LAW))["corpus"]
    bill = comparison_json(with_documents(sample_comparison, kind=DocumentKind.BILL))["corpus"]
    first = sample_comparison.document_ids[0]
    assert bill["forces"][first] == "not_in_force"
    before, after = (corpus["principles"][0] for corpus in (laws, bill))
    assert after["n_pairs"] < before["n_pairs"]
    assert after["n_pairs_all"] == before["n_pairs_all"] == 10
    assert after["fragmentation_all"] == before["fragmentation_all"]


def test_a_path_brings_together_what_is_of_one_force(sample_comparison):
    bill = with_documents(sample_comparison, kind=DocumentKind.BILL)
    forces = forces_of(bill)
    pairs = pairs_on_path(bill)
    assert 0 < len(pairs) < len(bill.pairs)
    assert all(forces[pair.left] is forces[pair.right] for pair in pairs)
    two = dataclasses.replace(bill, pairs=tuple(pair for pair in bill.pairs if pair not in pairs))
    assert pairs_on_path(two) == two.pairs


def test_the_table_says_what_is_to_be_compared_with_care(sample_comparison):
    plain = comparison_table(with_documents(sample_comparison, kind=DocumentKind.LAW))
    found = with_documents(sample_comparison, kind=DocumentKind.BILL, status="vetoed", is_translation=True)
    one_work = dataclasses.replace(found.pairs[0], is_one_work=True)
    said = comparison_table(dataclasses.replace(found, pairs=(one_work, *found.pairs[1:])))
    for words in ("translation, not the authentic text", "bill", "vetoed"):
        assert f"  {words}: 1-meridian-union\n" in said
        assert f"  {words}: 1-meridian-union" not in plain
    assert "  one instrument in two languages: 1-meridian-union, 2-altamora\n" in said
    assert "data, compute, model: control over them" in plain
