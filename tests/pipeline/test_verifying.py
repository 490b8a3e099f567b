"""A result is made again from its documents; whatever was changed in either is found."""

from __future__ import annotations

import json
import random

import pytest

from fragcheck.errors import InputError, UnreadableInput
from fragcheck.pipeline import (
    AnalysisOptions,
    analyse_files,
    compare_analyses,
    comparison_json,
    reweigh,
    verify_result,
)
from fragcheck.pipeline.findings import settings_of
from fragcheck.pipeline.quotes import digest_of

ROWS = (
    "Providers shall report any serious incident to the authority within {hours} hours.",
    "Deployers {force} inform natural persons that they interact with a decision system.",
    "Provider means a person that develops a system.",
    "Deployers shall keep the logs of the system for at least {months} months.",
)


def written(result):
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def forged(result):
    """The result as a careful forger leaves it: with a digest that fits."""
    return written({**result, "digest": digest_of(result)})


@pytest.fixture(scope="module")
def laws(tmp_path_factory):
    folder = tmp_path_factory.mktemp("laws")
    kinds = (("one", 72, "shall", 6), ("two", 24, "should", 6), ("three", 72, "may", 12))
    paths = []
    for name, hours, force, months in kinds:
        path = folder / f"{name}.csv"
        rows = [row.format(hours=hours, force=force, months=months) for row in ROWS]
        lines = [f'{number},"{row}"' for number, row in enumerate(rows)]
        path.write_text("\n".join(["id,text", *lines]) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def compared(paths, **asked):
    options = AnalysisOptions(language="en")
    analyses = [outcome.analysis for outcome in analyse_files(paths, options)]
    return compare_analyses(analyses, options=options, **asked)


@pytest.fixture(scope="module")
def result(laws):
    return comparison_json(compared(laws, seed=7))


def test_five_documents_hold_and_every_quote_is_found(sample_comparison):
    found = verify_result(written(comparison_json(sample_comparison)))
    assert found.findings == ()
    assert found.notices == ()
    assert found.n_documents == 5
    assert found.n_quotes == sum(
        len(units)
        for units in {
            **{pair.left: pair.left_units for pair in sample_comparison.pairs},
            **{pair.right: pair.right_units for pair in sample_comparison.pairs},
        }.values()
    )
    assert found.n_values > 10_000


def test_quotes_stand_where_they_are_said_to(sample_comparison):
    result = comparison_json(sample_comparison)
    for document, analysis in zip(result["documents"], sample_comparison.analyses, strict=True):
        pages = {page.number for page in analysis.document.pages}
        for quote in document["units"]:
            text = analysis.provision(quote["eid"]).text
            assert text[quote["start"] : quote["end"]] == quote["text"] or quote["text"] in text
            assert quote["page"] in pages
            assert {box[0] for box in quote["boxes"]} <= pages


@pytest.mark.parametrize("asked", [{"reference": 1}, {"seed": 3}])
def test_what_was_asked_is_asked_again(laws, asked):
    assert verify_result(written(comparison_json(compared(laws, **asked)))).findings == ()


def test_a_reweighed_result_holds_too(laws):
    comparison = compared(laws)
    heavy = reweigh(comparison, settings_of(comparison.run))
    assert verify_result(written(comparison_json(heavy))).findings == ()


def test_any_changed_byte_is_found(result):
    data = written(result).encode()
    draw = random.Random(11)
    for _ in range(60):
        place = draw.randrange(len(data))
        changed = bytes([*data[:place], data[place] ^ (1 << draw.randrange(7)), *data[place + 1 :]])
        try:
            text = changed.decode()
            found = verify_seal(text)
        except (InputError, UnicodeDecodeError):
            continue  # no result any more
        assert found, (place, data[place - 20 : place + 20])


def verify_seal(text):
    from fragcheck.pipeline.verifying import _result, _seal

    return list(_seal(text, _result(text)))


def change_number(result):
    result["pairs"][0]["overall"] += 1e-9


def change_type(result):
    result["pairs"][0]["n_left"] = float(result["pairs"][0]["n_left"])


def change_quote(result):
    result["documents"][0]["units"][0]["text"] = "Providers need not report."


def change_eid(result):
    result["documents"][0]["units"][0]["eid"] = "99"


def drop_match(result):
    result["pairs"][0]["matches"].pop()


def drop_unit(result):
    result["documents"][1]["units"].pop()


def change_title(result):
    result["documents"][0]["title"] = "Another law"


def change_seed(result):
    result["run"]["seed"] += 1


def add_key(result):
    result["pairs"][0]["note"] = None


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (change_number, "value"),
        (change_type, "value"),
        (change_quote, "quote"),
        (change_eid, "quote"),
        (drop_match, "value"),
        (drop_unit, "value"),
        (change_title, "value"),
        (change_seed, "value"),
        (add_key, "value"),
    ],
)
def test_a_forged_digest_does_not_help(result, change, kind):
    copy = json.loads(json.dumps(result))
    change(copy)
    assert kind in {finding.kind for finding in verify_result(forged(copy)).findings}


def test_a_changed_document_is_found(result, laws, tmp_path):
    copy = json.loads(json.dumps(result))
    data = laws[0].read_bytes()
    other = tmp_path / "one.csv"
    other.write_bytes(data.replace(b"72", b"71"))
    copy["documents"][0]["path"] = str(other)
    (finding,) = verify_result(forged(copy)).findings
    assert (finding.kind, finding.place) == ("file", "documents[0]")


def test_a_moved_and_renamed_document_is_found_by_its_hash(result, laws, tmp_path):
    copy = json.loads(json.dumps(result))
    folder = tmp_path / "archive" / "deep"
    folder.mkdir(parents=True)
    (folder / "renamed.csv").write_bytes(laws[0].read_bytes())
    copy["documents"][0]["path"] = str(tmp_path / "gone" / "one.csv")
    with pytest.raises(UnreadableInput, match="--documents"):
        verify_result(forged(copy))
    assert verify_result(forged(copy), folders=[tmp_path]).findings == ()


def test_other_versions_are_told_and_are_no_finding(result):
    copy = json.loads(json.dumps(result))
    copy["run"]["version"] = "0.0.1"
    found = verify_result(forged(copy))
    assert found.findings == ()
    assert ["run.version" in notice for notice in found.notices] == [True]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"schema_version": 1}', "[" * 100_000])
def test_what_is_no_result_is_refused(text):
    with pytest.raises(InputError, match="a result of `compare"):
        verify_result(text)


def test_a_result_that_is_not_whole_is_refused(result):
    for part, name in (("documents", "sha256"), ("pairs", "left")):
        copy = json.loads(json.dumps(result))
        del copy[part][0][name]
        with pytest.raises(InputError, match="not whole"):
            verify_result(forged(copy))
    with pytest.raises(InputError, match="form"):
        verify_result(forged({**result, "schema_version": 99}))
