"""What a provision says: its requirements, definitions, main normative force, and tags.

Examples
--------
>>> from fragcheck.annotate import read_text
>>> read_text("The provider shall keep the logs for six months.", "en").requirements[0].action_class
'keep_records'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fragcheck.annotate.annotator import Tagger, annotate, annotate_provisions
from fragcheck.annotate.registers import actors_register, definitions_register
from fragcheck.annotate.requirements import Reading, read_text

if TYPE_CHECKING:
    from fragcheck.annotate.tagging import find_tagger, load_model, load_tagger

__all__ = [
    "Reading",
    "Tagger",
    "actors_register",
    "annotate",
    "annotate_provisions",
    "definitions_register",
    "find_tagger",
    "load_model",
    "load_tagger",
    "read_text",
]
_OF_TAGGING = ("find_tagger", "load_model", "load_tagger")


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the tagger brings scikit-learn: only on use
    if name in _OF_TAGGING:
        from fragcheck.annotate import tagging

        return getattr(tagging, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
