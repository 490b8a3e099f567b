"""What is found in a provision, as words and safe HTML: marked evidence, requirements, figures."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from html import escape

from fragcheck.records import Analysis, Modality, Parameter, Provision, Requirement, Tag
from fragcheck.report.naming import provision_label
from fragcheck.ui.cells import document_names
from fragcheck.ui.page_image import joined_boxes
from fragcheck.ui.texts import section, text

__all__ = [
    "action_words",
    "document_ids",
    "evidence_words",
    "figure_words",
    "kind_words",
    "marked",
    "modality_words",
    "named_documents",
    "page_frames",
    "requirement_rows",
    "role_words",
    "shown_label",
    "type_words",
]


def document_ids(analyses: Sequence[Analysis]) -> tuple[str, ...]:
    """Ids as a comparison gives them: the second copy of a file is ``<id>#2``."""
    seen: dict[str, int] = {}
    ids = []
    for analysis in analyses:
        one = analysis.document.id
        seen[one] = seen.get(one, 0) + 1
        ids.append(one if seen[one] == 1 else f"{one}#{seen[one]}")
    return tuple(ids)


def named_documents(analyses: Sequence[Analysis]) -> dict[str, str]:
    """Names of documents by id, in order."""
    return dict(zip(document_ids(analyses), document_names(tuple(analyses)), strict=True))


def marked(words: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """Escaped `words` with ``<mark>`` around the spans; where spans overlap, one mark names all.

    Parameters
    ----------
    words : str
    spans : sequence of (int, int, str)
        Start, end and what the words are evidence of; what lies outside `words` marks nothing.
    """
    edges = sorted({0, len(words), *(edge for span in spans for edge in span[:2] if 0 <= edge <= len(words))})
    parts: list[str] = []
    for start, end in itertools.pairwise(edges):
        names = [name for first, last, name in spans if first <= start and end <= last]
        piece = escape(words[start:end])
        title = escape(", ".join(dict.fromkeys(names)))
        parts.append(f'<mark title="{title}">{piece}</mark>' if names else piece)
    return "".join(parts)


def evidence_words(words: str, tag: Tag) -> tuple[str, ...]:
    """The words behind a tag, each once, in the order of the text."""
    found = [words[start:end].strip() for start, end in sorted(tag.evidence)]
    return tuple(dict.fromkeys(word for word in found if word))


def _named(group: str, name: str) -> str:
    return section(group).get(name, name.replace("_", " "))


def kind_words(name: str) -> str:
    """The words for a kind of provision."""
    return _named("kinds", name)


def shown_label(provisions: Mapping[str, Provision], eid: str) -> str:
    """Number and heading of a provision with those of its ancestors; its kind where it has neither."""
    label = provision_label(provisions, eid)
    found = provisions.get(eid)
    return kind_words(found.kind.value).capitalize() if found and label == eid == found.kind.value else label


def type_words(name: str) -> str:
    """The words for a provision type."""
    return _named("types", name)


def role_words(name: str) -> str:
    """The words for a class of parties, or for several; a class of the user's own shows by its name."""
    return ", ".join(_named("roles", one) for one in name.split(";")) if name else ""


def action_words(name: str) -> str:
    """The words for a class of actions."""
    return _named("actions", name)


def figure_words(parameter: Parameter, *, with_trigger: bool = True) -> str:
    """A quantity in comparable form: ``at most 15 days · from awareness · shorter is stricter``."""
    if parameter.iso_date:
        value = parameter.iso_date
    else:
        unit = section("units").get(parameter.unit, parameter.unit.replace("_", " "))
        if parameter.value == 1:
            unit = section("unit_one").get(parameter.unit, unit)
        value = f"{parameter.value:,.10g} {unit}".replace(",", "\u202f")
    parts = [f"{section('comparators').get(parameter.comparator, '')} {value}".strip()]
    if parameter.trigger and with_trigger:
        parts.append(text("reading.trigger", words=parameter.trigger))
    direction = section("directions").get(parameter.stricter.value, "")
    if direction:
        parts.append(direction)
    return " · ".join(parts)


def requirement_rows(requirement: Requirement) -> tuple[tuple[str, str], ...]:
    """Label and words of every field that a requirement has, in the order of a sentence."""

    def with_class(words: str, name: str, named: str) -> str:
        is_said = not name or words == named
        return words if words and is_said else f"{words} ({named})" if words else named

    found = (
        ("actor", with_class(requirement.actor, requirement.actor_role, role_words(requirement.actor_role))),
        ("modality", modality_words(requirement)),
        (
            "action",
            with_class(requirement.action, requirement.action_class, action_words(requirement.action_class)),
        ),
        ("condition", requirement.condition),
        (
            "recipient",
            with_class(
                requirement.recipient, requirement.recipient_role, role_words(requirement.recipient_role)
            ),
        ),
    )
    return tuple((text(f"fields.{name}"), words) for name, words in found if words)


def modality_words(requirement: Requirement) -> str:
    """The force in words; a denied duty or permission says so."""
    words = section("modalities")[requirement.modality.value]
    if requirement.is_negated and requirement.modality is Modality.PERMISSION:
        return text("reading.need_not")
    if requirement.is_negated and requirement.modality in (Modality.RECOMMENDATION, Modality.OUTCOME):
        return text("reading.negated", words=words)
    return words


Frame = dict[str, object]


def page_frames(
    provisions: Sequence[Provision],
    number: int,
    size: tuple[float, float],
    chosen: str,
    labels: dict[str, str],
) -> list[Frame]:
    """Frames of all provisions on a page, for the part ``sheet``.

    Parameters
    ----------
    provisions : sequence of Provision
    number : int
        Page, from 1.
    size : (float, float)
        Width and height of the page in points.
    chosen : str
        eid of the provision in view.
    labels : dict of str
        What to call a provision; those without a label are called by their eid.

    Returns
    -------
    list of dict
        ``eid``, ``label``, ``chosen`` and ``rects``: left, top, width and height in percent of the page.
    """
    width, height = size
    frames: list[Frame] = []
    for provision in provisions:
        boxes = [span.bbox for span in provision.spans if span.page == number]
        if not boxes:
            continue
        rects = [
            [
                round(100 * (x0 - 2) / width, 3),
                round(100 * (y0 - 1.5) / height, 3),
                round(100 * (x1 - x0 + 4) / width, 3),
                round(100 * (y1 - y0 + 3) / height, 3),
            ]
            for x0, y0, x1, y1 in joined_boxes(boxes)
        ]
        frames.append(
            {
                "eid": provision.eid,
                "label": labels.get(provision.eid, provision.eid),
                "chosen": provision.eid == chosen,
                "rects": rects,
            }
        )
    return frames
