"""What a document is, by its own words: kind, translation or not, title."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import PurePath

from fragcheck.records import Document, DocumentKind, LineRole

__all__ = ["Nature", "nature_of"]

_TITLE = 300
_ROLES = frozenset({LineRole.BODY, LineRole.TABLE, LineRole.HEADER, LineRole.FOOTER})
_BODY = frozenset({LineRole.BODY, LineRole.TABLE})
_HYPHEN = re.compile("(?:\u00ad|\ufffe)\n?|[\u200b\u2060]")


@dataclass(frozen=True, slots=True)
class Nature:
    """What a document is.

    Parameters
    ----------
    kind : DocumentKind
        ``UNKNOWN`` where its words say too little.
    is_translation : bool
        Whether it says so, or speaks another language than the state that enacts it.
    title : str
        As its opening prints it; else that of the document, or the name of its file where that is no title.
    evidence : tuple of (str, float)
        Kinds with the sum of what speaks for them, highest first.
    opening, closing : str
        Its first and its last lines, which that was read from.
    has_title : bool
        Whether it opens with a title, or the name of its file stands for one.
    """

    kind: DocumentKind
    is_translation: bool
    title: str = ""
    evidence: tuple[tuple[str, float], ...] = ()
    opening: str = ""
    closing: str = ""
    has_title: bool = True


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    kind: str = ""
    where: str = ""
    weight: float = 0.0
    language: str = ""
    kinds: frozenset[str] = frozenset()
    is_sentence: bool = False


@dataclass(frozen=True, slots=True)
class _Rules:
    kinds: tuple[_Rule, ...]
    translations: tuple[_Rule, ...]
    titles: tuple[_Rule, ...]
    order: tuple[str, ...]
    least: float
    opening: int
    closing: int
    untitled: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data = tomllib.loads(files("fragcheck.segment").joinpath("nature.toml").read_text("utf-8"))
    return _Rules(
        kinds=tuple(
            _Rule(re.compile(rule["pattern"]), rule["kind"], rule["where"], rule["weight"])
            for rule in data["kind"]
        ),
        translations=tuple(
            _Rule(
                re.compile(rule["pattern"]),
                language=rule.get("language", ""),
                kinds=frozenset(rule.get("kinds", ())),
            )
            for rule in data["translation"]
        ),
        titles=tuple(
            _Rule(re.compile(rule["pattern"]), is_sentence=rule.get("is_sentence", False))
            for rule in data["title"]
        ),
        order=tuple(data["order"]),
        least=data["least"],
        opening=data["opening_lines"],
        closing=data["closing_lines"],
        untitled=re.compile(data["untitled"]["pattern"]),
    )


def nature_of(document: Document, language: str) -> Nature:
    """What a document is, by rules over its title, its first and its last lines (``nature.toml``).

    Parameters
    ----------
    document : Document
        With its lines.
    language : str
        ISO 639-1 code of its text.
    """
    rules = _rules()
    opening = _text([line.text for line in document.lines if line.role in _ROLES][: rules.opening])
    body = [line.text for line in document.lines if line.role in _BODY]
    closing = _text(body[-rules.closing :])
    title = _title(_text(body[: rules.opening]), rules) or document.title
    has_title = rules.untitled.search(title) is None
    if not has_title and document.path:
        title = PurePath(document.path).stem
    places = {"title": title, "opening": opening, "closing": closing}
    sums: dict[str, float] = defaultdict(float)
    for rule in rules.kinds:
        if rule.pattern.search(places[rule.where]):
            sums[rule.kind] += rule.weight
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1], rules.order.index(pair[0])))
    kind = ranked[0][0] if ranked and ranked[0][1] >= rules.least else DocumentKind.UNKNOWN.value
    words = "\n".join((places["title"], opening, closing))
    is_translation = any(
        rule.pattern.search(words) is not None
        for rule in rules.translations
        if (not rule.language or rule.language == language) and (not rule.kinds or kind in rule.kinds)
    )
    return Nature(DocumentKind(kind), is_translation, title, tuple(ranked), opening, closing, has_title)


def _text(lines: Sequence[str]) -> str:
    return _HYPHEN.sub("", "\n".join(line.strip() for line in lines if line.strip()))


def _title(opening: str, rules: _Rules) -> str:
    for rule in rules.titles:
        match = rule.pattern.search(opening)
        if match is not None:
            groups = match.groupdict()
            words = " ".join(match["title"].split()).rstrip(" ,;")
            words = words[:1].upper() + (words[1:].lower() if rule.is_sentence else words[1:])
            number = " ".join((groups.get("number") or "").split())
            return f"{number}: {words}"[:_TITLE] if number else words[:_TITLE]
    return ""
