"""Control catalogues of others, read as documents: OSCAL catalogs and CISO Assistant frameworks."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fragcheck.errors import UnreadableInput
from fragcheck.exchange.names import one_line
from fragcheck.formats.xml_input import read_limited
from fragcheck.nlp import detect_language
from fragcheck.records import Document, Notice, Provision, ProvisionKind, Segmentation, Tradition

__all__ = ["CONTROL_SUFFIXES", "parsed_object", "read_controls"]

#: Endings of files that may hold a control catalogue.
CONTROL_SUFFIXES = frozenset({".json", ".yaml", ".yml"})
_WANTED = "an OSCAL catalog (JSON) or a CISO Assistant framework (YAML)"
_INSERT = re.compile(r"\{\{\s*insert:\s*param,\s*([^\s}]+)\s*\}\}")
_KINDS = {kind.value: kind for kind in ProvisionKind}
_LANGUAGE_SAMPLE = 20_000
_DEEPEST = 100
#: Values that a YAML file may stand for with its aliases written out; the largest frameworks have 100,000.
_MOST_VALUES = 1_000_000

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Row:
    """A control or group before it becomes a provision."""

    eid: str
    parent: str | None
    num: str
    heading: str
    text: str
    kind: ProvisionKind
    context: str = ""


def read_controls(path: Path, *, language: str | None = None) -> tuple[Document, Segmentation]:
    """Return the document and the provisions of a control catalogue, one provision a control.

    Parameters
    ----------
    path : Path
        An OSCAL catalog as JSON (1.0 or later), or a CISO Assistant library with a framework as YAML.
    language : str or None
        ISO 639-1 code; None detects it from the texts.

    Returns
    -------
    Document, Segmentation
        Provisions keep ids (OSCAL) or URNs (CISO Assistant) as eids, so that a mapping written for them
        fits the catalogue it came from.

    Raises
    ------
    UnreadableInput
        If the file is neither, or holds no control.
    """
    data = read_limited(path, _WANTED)
    value = parsed_object(path, data)
    catalog, framework = value.get("catalog"), _framework_of(value)
    if isinstance(catalog, Mapping):
        rows, title = list(_oscal_rows(catalog)), _text(_mapping(catalog.get("metadata")), "title")
        metadata = {"format": "oscal-catalog", "oscal_href": path.name}
    elif framework:
        rows, title = list(_framework_rows(framework)), _text(framework, "name") or _text(value, "name")
        metadata = {
            "format": "ciso-assistant",
            "library_urn": _text(value, "urn"),
            "framework_urn": _text(framework, "urn"),
        }
    else:
        raise UnreadableInput(f"{path.name}: {_WANTED} wanted, it is neither")
    if not rows:
        raise UnreadableInput(f"{path.name}: {_WANTED} with controls wanted, none came")
    provisions, notices = _provisions(rows, language)
    digest = hashlib.sha256(data).hexdigest()
    document = Document(
        id=digest,
        title=title or path.stem,
        path=str(path),
        language=provisions[0].language,
        warnings=notices,
        metadata=tuple(metadata.items()),
    )
    found = Segmentation(digest, provisions, Tradition.TABLE, provisions[0].language, warnings=notices)
    return document, found


def parsed_object(path: Path, data: bytes, wanted: str = _WANTED) -> Json:
    """Return the top object of a JSON or YAML file; an empty one where the top is none.

    Raises
    ------
    UnreadableInput
        If the file breaks off.
    """
    try:
        if path.suffix.lower() == ".json":
            value = json.loads(data)
        else:
            import yaml  # 20 ms, and most inputs are PDFs

            is_fast = yaml.__with_libyaml__
            value = yaml.load(data, Loader=yaml.CSafeLoader) if is_fast else yaml.safe_load(data)
            _check_values(value, path.name)
    except UnreadableInput:
        raise
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise UnreadableInput(f"{path.name}: {wanted} wanted, it breaks off ({_short(error)})") from error
    except Exception as error:  # errors of the YAML library derive from Exception itself
        if type(error).__module__.partition(".")[0] != "yaml":
            raise
        raise UnreadableInput(f"{path.name}: {wanted} wanted, it breaks off ({_short(error)})") from error
    return _mapping(value)


def _check_values(value: object, name: str) -> None:
    """Refuse aliases that point into themselves, or that some lines of make billions of."""
    waiting, count = [value], 0
    while waiting:
        item = waiting.pop()
        inner = item.values() if isinstance(item, Mapping) else item if isinstance(item, list) else ()
        count += 1 + len(inner)
        if count > _MOST_VALUES:
            raise UnreadableInput(
                f"{name}: a YAML file of at most {_MOST_VALUES} values wanted, its aliases (*name) stand for "
                "more; write them out"
            )
        waiting.extend(each for each in inner if isinstance(each, Mapping | list))


def _short(error: Exception) -> str:
    return one_line(str(error))[:120]


def _mapping(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Json]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _text(value: Json, name: str) -> str:
    found = value.get(name)
    return "" if found is None or isinstance(found, list | Mapping) else str(found).strip()


def _framework_of(value: Json) -> Json:
    """The first framework of a library; libraries hold one, or a list of one."""
    objects = _mapping(value.get("objects"))
    found = objects.get("framework") or objects.get("frameworks")
    return found[0] if isinstance(found, list) and found else _mapping(found)


def _oscal_rows(catalog: Json) -> Iterator[_Row]:
    """Groups and controls in document order, each after its parent."""
    waiting: list[tuple[Json, str | None, int]] = [
        (each, None, 0) for name in ("controls", "groups") for each in reversed(_list(catalog.get(name)))
    ]
    number = 0
    while waiting:
        item, parent, depth = waiting.pop()
        number += 1
        eid = _text(item, "id") or f"group_{number}"
        yield _oscal_row(item, eid, parent)
        if depth < _DEEPEST:
            inner = [
                (each, eid, depth + 1)
                for name in ("controls", "groups")
                for each in reversed(_list(item.get(name)))
            ]
            waiting += inner


def _oscal_row(item: Json, eid: str, parent: str | None) -> _Row:
    properties = {_text(each, "name"): _text(each, "value") for each in reversed(_list(item.get("props")))}
    num, title = properties.get("label", ""), one_line(_text(item, "title"))
    parameters = {_text(each, "id"): _parameter_words(each) for each in _list(item.get("params"))}
    text = _INSERT.sub(lambda found: f"[{parameters.get(found[1], found[1])}]", _prose(item))
    heading = title.removeprefix(one_line(num)).strip()
    if text and one_line(text).startswith(heading.rstrip("…")):
        heading = ""  # a title that only begins the text
    kind = _KINDS.get(_text(item, "class"), ProvisionKind.ITEM)
    return _Row(eid, parent, num, heading, text, kind, properties.get("context", ""))


def _parameter_words(parameter: Json) -> str:
    values = parameter.get("values")
    if isinstance(values, list) and values:
        return ", ".join(map(str, values))
    return _text(parameter, "label") or _text(parameter, "id")


def _prose(item: Json, depth: int = 0) -> str:
    """What a control demands: its statement with the items of it, in order; no guidance."""
    lines: list[str] = []
    for part in _list(item.get("parts")):
        if depth == 0 and _text(part, "name") not in {"statement", "item", "overview"}:
            continue
        label = next(
            (_text(each, "value") for each in _list(part.get("props")) if _text(each, "name") == "label"), ""
        )
        prose = _text(part, "prose")
        lines.append(" ".join(filter(None, (label, prose))) if prose else "")
        if depth < _DEEPEST:
            lines.append(_prose(part, depth + 1))
    return "\n".join(filter(None, lines))


def _framework_rows(framework: Json) -> Iterator[_Row]:
    for number, node in enumerate(_list(framework.get("requirement_nodes")), start=1):
        eid = _text(node, "urn") or f"node_{number}"
        num, name = _text(node, "ref_id"), one_line(_text(node, "name"))
        text = _text(node, "description")
        if not text and node.get("assessable"):
            text, name = name, ""
        if text and name and one_line(text).startswith(name.rstrip("…")):
            name = ""
        yield _Row(eid, _text(node, "parent_urn") or None, num, name, text, ProvisionKind.ITEM)


def _provisions(rows: list[_Row], language: str | None) -> tuple[tuple[Provision, ...], tuple[Notice, ...]]:
    """Provisions with unique eids and the headings and lead-ins above them."""
    sample = " ".join(f"{row.heading} {row.text}" for row in rows)[:_LANGUAGE_SAMPLE]
    spoken = language or detect_language(sample)[0]
    contexts: dict[str, str] = {}
    found: dict[str, Provision] = {}
    repeated = 0
    for row in rows:
        eid = row.eid
        while eid in found:
            repeated += 1
            eid = f"{row.eid}#{repeated + 1}"
        parent = row.parent if row.parent in found else None
        above = contexts.get(parent or "", "")
        own = ": ".join(filter(None, (row.heading, one_line(row.text))))
        contexts[eid] = " > ".join(filter(None, (above, own)))
        found[eid] = Provision(
            eid=eid,
            kind=row.kind,
            num=row.num,
            heading=row.heading,
            text=row.text,
            context=row.context or above,
            parent=parent,
            language=spoken,
        )
    notices = (
        (Notice("ids-repeated", f"{repeated} controls repeat an id; they were numbered."),)
        if repeated
        else ()
    )
    return tuple(found.values()), notices
