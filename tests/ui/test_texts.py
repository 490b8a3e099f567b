import ast
import re
from pathlib import Path

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
from fragcheck.ui.texts import bare, plain, section, text

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
        ("traditions", [tradition.value for tradition in Tradition]),
        ("conflicts", [kind.value for kind in ConflictKind]),
        ("forces", [force.value for force in Force]),
        ("parameter_kinds", [kind.value for kind in ParameterKind]),
        ("directions", [direction.value for direction in Stricter]),
    ],
)
def test_every_value_of_the_records_has_its_words(name, wanted):
    assert set(wanted) <= set(section(name))


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
