"""Tags by a taxonomy of the user's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fragcheck.annotate.tagging import CueTagger, find_tagger
from fragcheck.annotate.tagging.cue_tagger import CUE_THRESHOLD, cue_score
from fragcheck.errors import TaxonomyError
from fragcheck.records import Provision, ProvisionKind
from fragcheck.taxonomy import load_taxonomy

OWN = """
name = "green"
version = "0.1"
[[entries]]
id = "energy"
label = "Energy"
definition = "Limits or measures the energy that a system draws."
includes = ["power of data centres"]
excludes = ["human energy"]
source = "our own"
cues = { en = ["energy", "kilowatt*"], de = ["Energie*"] }
[[entries]]
id = "water"
label = "Water"
definition = "Limits the water used for cooling."
includes = []
excludes = []
source = "our own"
cues = { en = ["cooling water"] }
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "green.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


class NoPoints:
    def tag(self, provisions):
        return [((), ()) for _ in provisions]


def provision(text, language="en", context=""):
    return Provision("p", ProvisionKind.PARAGRAPH, text=text, language=language, context=context)


@pytest.mark.parametrize(
    ("text", "language", "context", "on"),
    [
        ("The operator shall report the energy drawn in kilowatts.", "en", "", ["energy"]),
        ("Der Betreiber misst den Energieverbrauch.", "de", "", ["energy"]),
        ("The operator shall report the cooling water used.", "en", "", ["water"]),
        ("Nothing of the kind is said here.", "en", "", []),
        ("five;", "en", "Energy > The report states:", ["energy"]),
        ("word " * 400 + "energy", "en", "", []),
        ("", "en", "", []),
    ],
)
def test_cues_decide(own, text, language, context, on):
    ((tags, points),) = CueTagger(load_taxonomy(own), NoPoints()).tag([provision(text, language, context)])
    assert [tag.principle for tag in tags] == ["energy", "water"]
    assert [tag.principle for tag in tags if tag.is_on] == on
    assert points == ()
    assert all(text[start:end] for tag in tags for start, end in tag.evidence)
    assert tags[0].source.startswith("cues/green 0.1 ")


@given(st.integers(0, 50), st.floats(0, 5000))
def test_score_rises_with_cues_and_falls_with_length(cues, words):
    score = cue_score(cues, words)
    assert 0 <= score <= 1
    assert cue_score(cues + 1, words) >= score
    assert cue_score(cues, words + 10) <= score


def test_one_cue_in_twenty_five_words_is_the_threshold():
    assert cue_score(1, 25) == pytest.approx(CUE_THRESHOLD)


@pytest.mark.model
def test_taxonomy_of_the_users_replaces_the_principles_and_keeps_the_control_points(own):
    ((tags, points),) = find_tagger(str(own)).tag([provision("Exports of semiconductors need a licence.")])
    assert [tag.principle for tag in tags] == ["energy", "water"]
    assert [tag.principle for tag in points] == ["data", "compute", "model"]


@pytest.mark.model
def test_faulty_taxonomy_is_refused(tmp_path):
    path = tmp_path / "faulty.toml"
    path.write_text("name = 'x'", encoding="utf-8")
    with pytest.raises(TaxonomyError, match="entries"):
        find_tagger(str(path))
