"""Documents made to be slow to segment: what is larger than laws are is done apart, within limits."""

import pytest

from fragcheck.errors import ReadLimitExceeded
from fragcheck.pipeline import segmenting
from fragcheck.pipeline.options import AnalysisOptions
from fragcheck.pipeline.segmenting import MOST_LINES, segmented
from fragcheck.records import Document, Line, Page
from fragcheck.segment import find_references

MADE = {
    "points": lambda at: f"({'ivxlc'[at % 5]}) x;",
    "labels in labels": lambda at: f"({'abcdefghij'[at % 10]})({at % 9 + 1})(i)(A)(I) x",
    "numbers": lambda at: f"{at}. The provider shall report.",
    "sections": lambda at: f"Section {at + 1}. Heading",
    "dots": lambda at: ".".join(["1"] * 40) + " x",
    "brackets": lambda at: "(" * 200,
    "digits": lambda at: "1" * 2000,
    "references": lambda at: "Articles 2, 3 and 4 of Regulation (EU) 2016/679 and Article 5(1)(a) " * 3,
}


def document(words, count):
    lines = tuple(
        Line(words(at), at // 50 + 1, (72.0, 72.0 + at % 50 * 14, 400.0, 83.0 + at % 50 * 14), 10.0)
        for at in range(count)
    )
    pages = tuple(Page(number + 1, 595.0, 842.0) for number in range((count - 1) // 50 + 1))
    return Document("0" * 64, "t", "slow.pdf", language="en", pages=pages, lines=lines)


@pytest.mark.soak
@pytest.mark.timeout(200)  # some ten seconds each; references were quadratic and took ten minutes
@pytest.mark.parametrize("name", MADE)
def test_what_was_made_to_be_slow_ends(name):
    found = segmented(document(MADE[name], MOST_LINES // 2), AnalysisOptions())[1]
    assert found.provisions
    assert len({each.eid for each in found.provisions}) == len(found.provisions)
    assert find_references(found) is not None


def test_what_is_too_large_is_refused_within_the_limit():
    made = document(MADE["labels in labels"], MOST_LINES + 1)
    with pytest.raises(ReadLimitExceeded, match=r"slow\.pdf was not read within 0\.5 s"):
        segmented(made, AnalysisOptions(timeout_s=0.5))


def test_both_ways_give_the_same(monkeypatch):
    made = document(MADE["numbers"], 60)
    here = segmented(made, AnalysisOptions())
    monkeypatch.setattr(segmenting, "MOST_LINES", 0)
    assert segmented(made, AnalysisOptions()) == here


def test_many_references_in_one_provision_are_found_in_their_order():
    made = document(MADE["references"], 300)
    found = find_references(segmented(made, AnalysisOptions())[1])
    assert len(found) > 1500
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert {one.law for one in found if one.law} == {"Regulation (EU) 2016/679"}
