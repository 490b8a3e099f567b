"""Headings of units: on the rest of the label's row, on the rows behind it, or on the row before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fragcheck.records import ProvisionKind
from fragcheck.segment.grammar import DIVISION
from fragcheck.segment.labels import looks_like_heading
from fragcheck.segment.rows import Row
from fragcheck.segment.units import Builder, Fragment, Unit

__all__ = ["take_captions", "take_cross_headings", "take_rest"]

_CAPTION = re.compile(r"[（(〔【][^（）()]{1,60}[)）〕】]")
_HEADING_ROWS = 7
_SHORT = 100
#: Least odds that a row with a label of its own, other than an item's, begins something behind a heading.
_NAMED = 1.5
#: What stands in brackets between an annex and its title: "(normative)", "[See section 5]", "Section 5".
_ASIDE = re.compile(r"[(\[][^()\[\]]{1,80}[)\]]|(?:Sections?|Articles?|Regulations?) \d[\w ,()-]{0,60}")
#: Odds below which a row carries on the one before it.
_WRAPPED = -1.0


def take_rest(builder: Builder, unit: Unit, row: int, offset: int) -> None:
    """The rest of a label's row, as heading or text, and the heading on the rows that follow."""
    builder.taken.add(row)
    text = builder.rows[row].text
    level = unit.level
    has_rest = bool(text[offset:].strip())
    forms = level.heading if level is not None else ()
    has_caption = (
        unit.row > 0 and "before_line" in forms and _is_caption(builder, builder.rows[unit.row - 1], forms)
    )
    is_typed = looks_like_heading(builder.rows[row], builder.layout)
    if has_rest and "sentence" in forms and _is_title_sentence(builder, row, offset):
        unit.heading.append(Fragment(row, offset, len(text)))
        return
    if has_rest and "typed_rest" in forms and is_typed:
        forms = ("rest", *forms)
    if (
        has_rest
        and "rest" in forms
        and (is_typed or not has_caption)
        and _rest_is_heading(builder, unit, row, offset)
    ):
        unit.heading.append(Fragment(row, offset, len(text)))
        _continued_heading(builder, unit, row)
        return
    is_first = unit.reading is not None and unit.reading.start == 0 and unit.row == row
    titled = _bold_title_rows(builder, row, offset) if has_rest and is_first and unit.is_list else 0
    if titled:
        unit.heading.append(Fragment(row, offset, len(text)))
        for index in range(row + 1, row + titled):
            unit.heading.append(Fragment(index, 0, len(builder.rows[index].text)))
            builder.taken.add(index)
        return
    if has_rest:
        unit.text.append(Fragment(row, offset, len(text)))
        return
    if level is not None and not unit.heading and ("line" in forms or "short" in forms):
        _following_heading(builder, unit, row, is_short_enough="short" in forms or level.rank < DIVISION)


def _rest_is_heading(builder: Builder, unit: Unit, row: int, offset: int) -> bool:
    here = builder.rows[row]
    rest = here.text[offset:].strip()
    level = unit.level
    follower = builder.rows[row + 1] if row + 1 < len(builder.rows) else None
    if level is None or (level.rank < DIVISION and not level.is_heading):
        if level is not None and level.is_prefixed:
            return _decimal_is_heading(builder, row, rest)
        return not rest.endswith((".", ";")) or len(rest) < _SHORT
    if looks_like_heading(here, builder.layout) and len(rest) < 200:
        return follower is None or follower.odds > _WRAPPED or _same_type(here, follower)
    ends = re.search(r"[.;:,。；：，—–]$", rest) is not None
    is_set_off = here.text[:offset].endswith(("–", "—", "-"))  # "Article 4 – Records"
    least = _WRAPPED if is_set_off else 1.0
    is_short = len(rest) < _SHORT and not ends
    if is_short and is_set_off and _wrapped_rows(builder, row):
        return True
    if is_short and level.is_heading and level.rank > DIVISION and not here.is_full:
        return follower is None or not follower.text[:1].islower()
    return len(rest) < _SHORT and not ends and (follower is None or follower.odds > least)


def _bold_title_rows(builder: Builder, row: int, offset: int) -> int:
    """How many rows the title of an item in bold takes, over text that is not; 0 where it has none."""
    here = builder.rows[row]
    if builder.layout.is_bold or not here.is_bold:
        return 0
    end = row + 1
    while end < min(row + _HEADING_ROWS, len(builder.rows)) and _carries_on_title(builder, end):
        end += 1
    said = " ".join([here.text[offset:], *(each.text for each in builder.rows[row + 1 : end])]).strip()
    follower = builder.rows[end] if end < len(builder.rows) else None
    if len(said) > _SHORT or not said[:1].isupper() or ". " in said or said.endswith((";", ":", ",")):
        return 0
    if follower is None or follower.is_bold or (end == row + 1 and follower.page != here.page):
        return 0
    is_text = follower.text[:1].isupper() and follower.odds > _WRAPPED
    is_followed = not said.endswith(".") and _is_label(builder, end)
    return end - row if is_text or is_followed else 0


def _carries_on_title(builder: Builder, index: int) -> bool:
    before, here = builder.rows[index - 1], builder.rows[index]
    is_near = before.page == here.page and before.column == here.column and _is_close(builder, index)
    return is_near and here.is_bold and _same_type(before, here) and not builder.reader.at(index)


def _decimal_is_heading(builder: Builder, row: int, rest: str) -> bool:
    """Whether the words behind "3.1" are its heading, and not the first of a numbered paragraph."""
    here = builder.rows[row]
    follower = builder.rows[row + 1] if row + 1 < len(builder.rows) else None
    is_followed = follower is not None and bool(builder.reader.at(row + 1))
    goes_on = follower is not None and follower.text[:1].islower() and not is_followed
    if _is_set_apart(builder, here):
        is_one = not goes_on or (_same_type(here, builder.rows[row + 1]) and _is_close(builder, row + 1))
        return is_one and (not rest.endswith((".", ";")) or len(rest) < _SHORT)
    is_line = follower is None or is_followed or (follower.odds > _WRAPPED and not goes_on)
    is_open = rest.endswith((".", ";", ":", "?", ","))
    return not is_open and (is_line or _wrapped_rows(builder, row) > 0)


def _wrapped_rows(builder: Builder, row: int) -> int:
    """How many rows a heading runs on for, where a label follows at once; 0 where none does."""
    for index in range(row + 1, min(row + 4, len(builder.rows))):
        if _is_label(builder, index):
            return index - row - 1
        text = builder.rows[index].text
        if builder.rows[index].odds > _WRAPPED or text.endswith((".", ";", ":", ",", "?")):
            return 0
    return 0


def _is_title_sentence(builder: Builder, row: int, offset: int) -> bool:
    """Whether the rest of a row is one short sentence before text of its own: "Artículo 3. Registros."."""
    rest = builder.rows[row].text[offset:].strip()
    follower = builder.rows[row + 1] if row + 1 < len(builder.rows) else None
    is_short = rest.endswith(".") and len(rest) < _SHORT and ". " not in rest
    return is_short and follower is not None and follower.odds > 1.0 and not _is_named(builder, row + 1)


def _is_named(builder: Builder, index: int) -> bool:
    return any(not reading.level.is_list for reading in builder.reader.at(index))


def _same_type(left: Row, right: Row) -> bool:
    is_moved = left.is_centred and not right.is_centred and not right.is_full
    return (
        not is_moved
        and left.is_bold == right.is_bold
        and left.is_italic == right.is_italic
        and abs(left.size - right.size) < 0.4
    )


def _continued_heading(builder: Builder, unit: Unit, row: int) -> None:
    """Further rows of a heading that began on the row of the label."""
    here = builder.rows[row]
    if not (looks_like_heading(here, builder.layout) or here.is_centred):
        _wrapped_heading(builder, unit, row)
        return
    for index in range(row + 1, min(row + _HEADING_ROWS, len(builder.rows))):
        other = builder.rows[index]
        apart = looks_like_heading(other, builder.layout) or other.is_centred
        if (
            not apart
            or not _same_type(here, other)
            or not _is_close(builder, index)
            or _is_label(builder, index)
        ):
            return
        unit.heading.append(Fragment(index, 0, len(other.text)))
        builder.taken.add(index)


def _wrapped_heading(builder: Builder, unit: Unit, row: int) -> None:
    """Rows that the heading of a division runs over where its type does not show it."""
    is_division = unit.level is not None and unit.level.rank < DIVISION
    count = 2 if is_division else _wrapped_rows(builder, row)
    for index in range(row + 1, min(row + 1 + count, len(builder.rows))):
        if builder.rows[index].odds > _WRAPPED or _is_label(builder, index):
            return
        unit.heading.append(Fragment(index, 0, len(builder.rows[index].text)))
        builder.taken.add(index)


def _is_label(builder: Builder, index: int) -> bool:
    row_odds = builder.rows[index].odds
    open_levels = {unit.level.name for unit in builder.stack if unit.level is not None}
    return any(
        reading.odds + (row_odds if reading.level.is_list else max(row_odds, _NAMED)) > 1.0
        for reading in builder.reader.at(index)
        if not reading.level.not_under & open_levels
    )


def _is_close(builder: Builder, index: int) -> bool:
    before, here = builder.rows[index - 1], builder.rows[index]
    return before.page != here.page or here.bbox[1] - before.bbox[1] < 2.1 * max(here.size, 1.0)


def _following_heading(builder: Builder, unit: Unit, row: int, *, is_short_enough: bool) -> None:
    """The heading on the rows behind a label that stands alone."""
    first: Row | None = None
    for index in range(row + 1, min(row + 1 + _HEADING_ROWS, len(builder.rows))):
        here = builder.rows[index]
        if _is_label(builder, index):
            return
        if first is None:
            if not _opens_heading(builder, index, is_short_enough=is_short_enough):
                return
            first = None if _ASIDE.fullmatch(here.text) else here
        elif not (_same_type(first, here) and _is_set_apart(builder, here) and _is_close(builder, index)):
            return
        unit.heading.append(Fragment(index, 0, len(here.text)))
        builder.taken.add(index)


def _is_set_apart(builder: Builder, row: Row) -> bool:
    is_italic = row.is_italic and not builder.layout.is_italic
    return looks_like_heading(row, builder.layout) or is_italic or row.is_centred


def _opens_heading(builder: Builder, index: int, *, is_short_enough: bool) -> bool:
    here = builder.rows[index]
    if _is_set_apart(builder, here) or (is_short_enough and _ASIDE.fullmatch(here.text)):
        return True
    follower = builder.rows[index + 1] if index + 1 < len(builder.rows) else None
    if (
        not is_short_enough
        or len(here.text) > _SHORT
        or re.search(r"[.;:,]$", here.text)
        or here.text[:1].islower()
    ):
        return False
    return follower is not None and (follower.odds > 1.5 or _is_label(builder, index + 1))


def take_captions(builder: Builder) -> None:
    """Headings on the row before the label: "（目的）" or a bold line before "1."."""
    texts = [unit for unit in builder.units if unit.name not in {"contents", "caption"}]
    holders = {fragment.row: unit for unit in texts for fragment in unit.text}
    for unit in builder.units:
        forms = unit.level.heading if unit.level else ()
        if unit.heading or not ({"caption", "before_line"} & set(forms)):
            continue
        row = unit.row - 1
        while row in holders and _ends_with(builder, holders[row], row):
            here = builder.rows[row]
            below = builder.rows[unit.heading[0].row] if unit.heading else here
            if not _is_caption(builder, here, forms) or not _same_type(here, below):
                break
            unit.heading.insert(0, holders[row].text.pop())
            row -= 1


def _ends_with(builder: Builder, unit: Unit, row: int) -> bool:
    """Whether the text of a unit ends with the whole of a row."""
    return unit.text[-1:] == [Fragment(row, 0, len(builder.rows[row].text))]


def take_cross_headings(builder: Builder) -> None:
    """Headings without a number over several sections become units of their own before the first of them."""
    headed = [unit for unit in builder.units if unit.level and "cross" in unit.level.heading]
    texts = [unit for unit in builder.units if headed and unit.name not in {"contents", "caption"}]
    holders = {fragment.row: unit for unit in texts for fragment in unit.text}
    for unit in headed:
        captions = [fragment.row for fragment in unit.heading if fragment.row < unit.row]
        row = min([*captions, unit.row]) - 1
        if unit.is_quoted or row not in holders or not _ends_with(builder, holders[row], row):
            continue
        here = builder.rows[row]
        if not (here.is_centred or _is_set_apart(builder, here)) or not _is_caption_text(here.text):
            continue
        heading = Unit(None, ProvisionKind.OTHER, "heading", parent=unit.parent, row=row)
        heading.is_apart = unit.is_apart
        heading.heading.append(holders[row].text.pop())
        builder.units.insert(builder.units.index(unit), heading)
        if unit.parent is not None:
            unit.parent.children.insert(unit.parent.children.index(unit), heading)


def _is_caption_text(text: str) -> bool:
    """Whether words may be a heading: short, begun with a capital or figure, no end of a sentence."""
    return len(text) < _SHORT and not text[:1].islower() and re.search(r"[.;:,—–]$", text) is None


def _is_caption(builder: Builder, row: Row, forms: Sequence[str]) -> bool:
    if "caption" in forms and _CAPTION.fullmatch(row.text):
        return True
    if "before_line" not in forms or row.text.endswith((".", ";", ":", ",", "—")):
        return False
    is_apart = looks_like_heading(row, builder.layout) or (row.is_italic and not builder.layout.is_italic)
    return is_apart and len(row.text) < _SHORT
