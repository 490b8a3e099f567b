"""Names of units after the Akoma Ntoso Naming Convention 1.0 (OASIS, 2019), section 5.4."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from fragcheck.records import ProvisionKind
from fragcheck.segment.grammar import load_styles
from fragcheck.segment.ordinals import NUMBER_WORDS
from fragcheck.segment.units import Unit

__all__ = ["Namer"]

_PLAIN = re.compile(r"[^0-9A-Za-z.-]+")


_NAMED = frozenset(
    {"preamble", "contents", "formula", "conclusions", "cover", *(part.name for part in load_styles().apart)}
)


class Namer:
    """Gives every unit of one document a name of its own.

    A repeated name gets a suffix: ``art_1``, ``art_1~2``. Units without a number are
    counted among their siblings of the same kind: ``art_102__subpara_1``.
    """

    def __init__(self) -> None:
        self._used: dict[str, int] = {}
        self._counts: dict[tuple[str, str], int] = {}

    def name(self, unit: Unit, names: Mapping[int, str]) -> str:
        """Name of `unit`; `names` holds those of the units before it, by ``id``."""
        above = unit.parent
        is_named = unit.level is not None and not unit.is_list
        while above is not None and above.level is None and is_named and above.name not in _NAMED:
            above = above.parent  # headings without a number do not show in the names of numbered units
        parent = "" if above is None or self._is_root(unit) else names[id(above)]
        own = self._own(unit, parent)
        full = f"{parent}__{own}" if parent else own
        count = self._used[full] = self._used.get(full, 0) + 1
        return full if count == 1 else f"{full}~{count}"

    @staticmethod
    def _is_root(unit: Unit) -> bool:
        """Articles, sections, recitals and annexes are named from themselves down, not so in quoted laws."""
        if unit.is_apart or (
            unit.is_quoted and unit.level is not None and unit.level.numbering == "continuous"
        ):
            return False
        if (
            unit.level is None
            or not unit.level.is_root
            or (unit.is_list and unit.parent and unit.parent.is_list)
        ):
            return False
        above = unit.parent
        while above is not None:
            if above.kind in {ProvisionKind.ANNEX, ProvisionKind.SCHEDULE}:
                return False
            above = above.parent
        return True

    def _own(self, unit: Unit, parent: str) -> str:
        if unit.level is None and unit.name in _NAMED:
            return unit.name
        prefix = load_styles().eid[unit.level.kind if unit.is_apart and unit.level else unit.kind]
        number = _number(unit)
        if number:
            return f"{prefix}_{number}"
        count = self._counts[parent, prefix] = self._counts.get((parent, prefix), 0) + 1
        return prefix if unit.kind is ProvisionKind.ANNEX and count == 1 else f"{prefix}_{count}"


def _number(unit: Unit) -> str:
    """Number as it stands in the name: figures for Chinese, Japanese and Korean ones."""
    reading = unit.reading
    if reading is None or not reading.core:
        return ""
    plain = unicodedata.normalize("NFKC", reading.core).strip()
    if not plain.isascii() or plain.lower() in NUMBER_WORDS:
        return "-".join(str(part) for part in reading.value)
    return _PLAIN.sub("-", plain).strip("-.")
