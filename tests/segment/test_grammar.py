"""The grammars are sound data."""

from __future__ import annotations

import pytest

from fragcheck.errors import SegmentationError
from fragcheck.records import Tradition
from fragcheck.segment.grammar import load_grammar, load_styles, traditions
from fragcheck.segment.ordinals import readings


@pytest.mark.parametrize("tradition", traditions())
def test_levels_are_sound(tradition):
    grammar = load_grammar(tradition)
    names = [level.name for level in grammar.levels]
    # a name may stand for the words of several languages, and then means one thing
    assert len({(level.name, level.kind, level.rank) for level in grammar.levels}) == len(set(names))
    for level in grammar.levels:
        assert set(level.under) <= {*names, "*", "root"}
        assert level.not_under <= set(names)
        assert set(level.restarts) <= set(names)
        assert level.is_list == bool(level.under) or level.is_version or level.name == "subsection_decimal"
        assert "num" in level.pattern.groupindex
        readings("1", level.ordinal) if level.ordinal not in {"hangul", "iroha"} else None
        assert set(level.heading) <= {
            "rest", "typed_rest", "sentence", "line", "short", "paren", "run_in", "caption",
            "before_line", "dash", "cross",
        }  # fmt: skip


def test_every_kind_has_a_name_for_eids():
    kinds = {level.kind for tradition in traditions() for level in load_grammar(tradition).levels}
    assert kinds <= set(load_styles().eid)


def test_tables_have_no_grammar():
    with pytest.raises(SegmentationError, match="no numbering grammar"):
        load_grammar(Tradition.TABLE)
