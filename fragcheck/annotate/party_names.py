"""Names of parties in the other European and the East Asian languages, alone and coordinated."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from fragcheck.annotate.noun_phrases import Party
from fragcheck.annotate.view import TextView, squeeze
from fragcheck.nlp import UNSPACED, Phrase
from fragcheck.taxonomy.roles import load_roles

__all__ = ["coordinated", "named_party"]

_FILE = Path(__file__).parent / "data" / "party_names.toml"
#: How far before its mention the name of a party can begin in an East Asian language.
_MAX_COMPOUND = 12


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    with _FILE.open("rb") as handle:
        return tomllib.load(handle)


@lru_cache(maxsize=16)
def _bases(language: str) -> dict[str, str]:
    return load_roles().bases(language)


@lru_cache(maxsize=16)
def _adjective(language: str) -> re.Pattern[str] | None:
    words = _data()["adjectives"].get(language)
    return re.compile(rf"\s(?:{words})(?!\w)(?:\s(?:{words})(?!\w))?") if words else None


@lru_cache(maxsize=16)
def _joint(language: str) -> re.Pattern[str]:
    return re.compile(_data()["joints"][language])


@lru_cache(maxsize=16)
def _compound(language: str) -> re.Pattern[str]:
    return re.compile(_data()["compounds"][language])


def named_party(view: TextView, mention: Phrase) -> Party:
    """The party of a mention, named as the law has it: lower case, singular where the lexicon knows it.

    An adjective behind the noun belongs to the name ("entité financière"), and in the East
    Asian languages the compound that ends with it ("国家网信部门").
    """
    if view.language in UNSPACED:
        start = _compound_start(view, mention)
        name = _without_qualifiers(squeeze(view.text[start : mention.end]).lower(), view.language)
        return Party(name, mention.label, start, mention.end)
    plain = squeeze(view.folded[mention.start : mention.end])
    name = _bases(view.language).get(plain, plain)
    end = mention.end
    pattern = _adjective(view.language)
    found = pattern.match(view.folded, mention.end) if pattern else None
    if found is not None:
        name += " " + " ".join(_singular(word, view.language) for word in found.group().split())
        end = found.end()
    return Party(name, mention.label, mention.start, end)


def _without_qualifiers(name: str, language: str) -> str:
    """The name without words for "each" and "relevant" ("各機關"); "组织和个人" parted."""
    qualifiers = _data()["qualifiers"].get(language)
    if not qualifiers:
        return name
    plain = re.sub(rf"^(?:{qualifiers})+(?=..)", "", name)
    return re.sub(r"(?<=[一-龥])[和、与及或](?=[一-龥])", " and ", plain)


def _singular(word: str, language: str) -> str:
    for ending, single in _data()["singular"].get(language, ()):
        if re.search(ending, word):
            return re.sub(ending, single, word)
    return word


def _compound_start(view: TextView, mention: Phrase) -> int:
    """Where the compound begins whose last part the mention is; its own start without a clear border."""
    border = max((cue.end for cue in view.cues if cue.end <= mention.start), default=0)
    lead = view.folded[max(border, mention.start - _MAX_COMPOUND) : mention.start]
    found = _compound(view.language).search(lead)
    if found is None or (found.start() == 0 and len(lead) == _MAX_COMPOUND):
        return mention.start
    return mention.start - len(found.group())


def coordinated(view: TextView, first: Phrase, mentions: list[Phrase], limit: int) -> tuple[Party, ...]:
    """The party of a mention and those joined to it by "and", "or" or a comma, before `limit`."""
    parties = [named_party(view, first)]
    joint = _joint(view.language)
    for mention in mentions:
        if mention.start < parties[-1].end or mention.end > limit:
            continue
        party = named_party(view, mention)
        if not joint.fullmatch(view.folded, parties[-1].end, party.start):
            break
        if party.name not in {other.name for other in parties}:
            parties.append(party)
    return tuple(parties)
