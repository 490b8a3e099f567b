"""Real documents: counts of their units, held against what their publishers count."""

from __future__ import annotations

from collections import Counter

import pytest

from fragcheck.pdf import read_pdf
from fragcheck.segment import segment

pytestmark = pytest.mark.shared


def counts(shared_dir, path):
    found = segment(read_pdf(shared_dir / "data" / "pdfs" / path))
    own = [provision for provision in found.provisions if not provision.is_quoted]
    assert len({provision.eid for provision in found.provisions}) == len(found.provisions)
    return found, Counter(provision.kind.value for provision in own), {provision.eid for provision in own}


def test_eu_ai_act(shared_dir):
    found, kinds, eids = counts(shared_dir, "eu/eu-ai-act-2024-1689.pdf")
    assert (found.tradition, found.language) == ("eu", "en")
    assert (kinds["recital"], kinds["article"], kinds["annex"], kinds["chapter"]) == (180, 113, 13, 13)
    assert {"art_9__para_2__point_a", "rec_12", "annex_III__point_1", "chp_III__sec_2"} <= eids


def test_gdpr(shared_dir):
    _, kinds, _ = counts(shared_dir, "eu/gdpr-2016-679.pdf")
    assert (kinds["recital"], kinds["article"], kinds["chapter"]) == (173, 99, 11)


def test_colorado(shared_dir):
    found, kinds, _ = counts(shared_dir, "us-states/colorado-sb24-205-session-law.pdf")
    assert found.tradition == "us"
    assert kinds["section"] == 3
    assert "sec_6-1-1702__subsec_3" in {provision.eid for provision in found.provisions}


def test_japan(shared_dir):
    found, kinds, _ = counts(shared_dir, "japan/japan-ai-promotion-act-ja.pdf")
    assert (found.tradition, found.language) == ("east_asian", "ja")
    assert (kinds["article"], kinds["chapter"]) == (30, 4)
