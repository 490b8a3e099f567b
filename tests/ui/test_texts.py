import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import fragcheck.ui
from fragcheck.records import (
    ConflictKind,
    Force,
    Modality,
    ParameterKind,
    Relation,
    Status,
    Stricter,
    Tradition,
)
from fragcheck.ui.cells import MEASURES
from fragcheck.ui.texts import LANGUAGES, bare, catalogue, language, plain, section, speaking, text

ROOM = Path(fragcheck.ui.__file__).parent


def keys_in_code():
    """Every text that the code asks for by a constant name."""
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "text" and node.args:
                first = node.args[0]
                words = [] if isinstance(first, ast.JoinedStr) else ast.walk(first)
                found = [str(inner.value) for inner in words if isinstance(inner, ast.Constant)]
                yield from (key for key in found if re.fullmatch(r"[a-z_]+\.[a-z_]+", key))


@pytest.mark.parametrize("key", sorted(set(keys_in_code())))
def test_every_text_that_is_asked_for_is_there(key):
    assert text(key)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("measures", MEASURES),
        ("measure_help", MEASURES),
        ("status", [status.value for status in Status]),
        ("relations", [relation.value for relation in Relation]),
        ("modalities", [modality.value for modality in Modality]),
        ("modality_names", [modality.value for modality in Modality]),
        ("quantities", [kind.value for kind in ParameterKind]),
        ("traditions", [tradition.value for tradition in Tradition]),
        ("conflicts", [kind.value for kind in ConflictKind]),
        ("forces", [force.value for force in Force]),
        ("parameter_kinds", [kind.value for kind in ParameterKind]),
        ("directions", [direction.value for direction in Stricter]),
    ],
)
def test_every_value_of_the_records_has_its_words(name, wanted):
    assert set(wanted) <= set(section(name))


OTHERS = [code for code in LANGUAGES if code != "en"]


def entries(code):
    return {
        f"{group}.{name}": words for group, texts in catalogue(code).items() for name, words in texts.items()
    }


def braces(words):
    return sorted(name for _, name, _, _ in Formatter().parse(words) if name is not None)


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_same_texts_in_the_same_order(code):
    assert list(entries(code)) == list(entries("en"))


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_fills_in_the_same_values(code):
    theirs, ours = entries(code), entries("en")
    assert {key: braces(theirs[key]) for key in ours} == {key: braces(ours[key]) for key in ours}


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_is_one(code):
    """Sentences are translated: what reads the same in both is a name, a unit or a mark."""
    theirs, ours = entries(code), entries("en")
    said = {key: re.findall(r"[^\W\d_]+", re.sub(r"\{.*?\}", "", words)) for key, words in ours.items()}
    assert [key for key, words in ours.items() if theirs[key] == words and len(said[key]) > 2] == []
    assert [key for key, words in ours.items() if bool(words) != bool(theirs[key])] == []


def test_a_language_is_spoken_for_as_long_as_it_is_asked():
    with speaking("de"):
        assert text("app.heatmap") == "Matrix"
        with speaking("xx"):
            assert language() == "en"
        assert language() == "de"
    assert text("app.heatmap") == "Heatmap"


def test_no_words_of_the_interface_stand_in_the_code():
    """Every call that shows something takes its words from the catalogue."""
    shown = {"button", "markdown", "caption", "write", "info", "warning", "error", "success", "subheader"}
    found = []
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") not in shown or not node.args:
                continue
            first = node.args[0]
            parts = first.values if isinstance(first, ast.JoinedStr) else [first]
            words = [each.value for each in parts if isinstance(each, ast.Constant)]
            found += [
                f"{path.name}: {one}" for one in words if re.search("[A-Za-z]{2}", re.sub("<[^>]*>", "", one))
            ]
    assert found == []


def test_unknown_texts_are_an_error():
    with pytest.raises(KeyError):
        text("app.no_such_text")
    with pytest.raises(KeyError):
        text("app.bad_address", wrong="x")


def test_markdown_from_outside_is_harmless():
    assert plain("![x](http://e.invalid/a.png) <b> :red[y]\n# z") == (
        r"\!\[x\]\(http\://e\.invalid/a\.png\) \<b\> \:red\[y\] \# z"
    )


def test_labels_from_outside_are_words_only():
    assert bare("![x](y) my_law-2.pdf") == "x y my law-2.pdf"


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: path.name)
def test_words_of_documents_run_in_their_own_direction(path):
    for found in re.finditer(
        r'class="(fc-law|fc-head|fc-context|fc-below)[^>]*>', path.read_text(encoding="utf-8")
    ):
        assert 'dir="auto"' in found[0], found[0]
