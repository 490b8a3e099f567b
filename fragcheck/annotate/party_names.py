"""Names of parties in the other European and the East Asian languages, alone and coordinated."""

from __future__ import annotations

import re
from functools import lru_cache

from fragcheck.annotate.mentions import base_of_compound, bases_of, party_data
from fragcheck.annotate.noun_phrases import Party
from fragcheck.annotate.view import TextView, squeeze
from fragcheck.nlp import UNSPACED, Phrase

__all__ = ["compound_start", "coordinated", "joint_of", "named_party"]

#: How far before its mention the name of a party can begin in an East Asian language.
_MAX_COMPOUND = 12
#: Characters of a cue at most.
_MAX_CUE = 100


@lru_cache(maxsize=16)
def _adjective(language: str) -> re.Pattern[str] | None:
    words = party_data()["adjectives"].get(language)
    return re.compile(rf"\s(?:{words})(?!\w)(?:\s(?:{words})(?!\w))?") if words else None


@lru_cache(maxsize=16)
def joint_of(language: str) -> re.Pattern[str]:
    """What stands between coordinated parties in a language."""
    return re.compile(party_data()["joints"][language])


@lru_cache(maxsize=16)
def _compound(language: str) -> re.Pattern[str]:
    return re.compile(party_data()["compounds"][language])


@lru_cache(maxsize=4)
def _border(language: str) -> re.Pattern[str] | None:
    words = party_data()["borders"].get(language)
    return re.compile(words) if words else None


@lru_cache(maxsize=4)
def _acted_on(language: str) -> re.Pattern[str] | None:
    words = party_data()["acted_on"].get(language)
    return re.compile(words) if words else None


@lru_cache(maxsize=4)
def _alias(language: str) -> re.Pattern[str]:
    return re.compile(party_data()["aliases"][language])


def named_party(view: TextView, mention: Phrase) -> Party:
    """The party of a mention, named as the law has it: lower case, singular where the lexicon knows it.

    An adjective behind the noun belongs to the name ("entité financière"), and in the East
    Asian languages the compound that ends with it ("国家网信部门").
    """
    if view.language in UNSPACED:
        start = compound_start(view, mention)
        alias = _alias(view.language).match(view.text, mention.end)
        if alias is not None:
            return Party(squeeze(alias["name"]).lower(), mention.label, start, mention.end)
        name = _without_qualifiers(squeeze(view.text[start : mention.end]).lower(), view.language)
        return Party(name, mention.label, start, mention.end)
    plain = squeeze(view.folded[mention.start : mention.end])
    name = bases_of(view.language).get(plain) or base_of_compound(plain, view.language)
    name = _base_forms(view.language).get(name, name)
    end = mention.end
    pattern = _adjective(view.language)
    found = pattern.match(view.folded, mention.end) if pattern else None
    if found is not None:
        is_plural = not plain.startswith(name)
        words = [_singular(word, view.language) for word in found.group().split()]
        if view.language == "pl" and is_plural:
            words = [_agreeing(word, name) for word in words]
        name = " ".join((name, *words))
        end = found.end()
    return Party(name, mention.label, mention.start, end)


def _base_forms(language: str) -> dict[str, str]:
    """Plural names with their singular: "importerzy" -> "importer"."""
    forms: dict[str, str] = party_data()["base_forms"].get(language, {})
    return forms


def _agreeing(adjective: str, noun: str) -> str:
    """A Polish adjective in the plural as it stands with a singular noun: "publiczne" -> "publiczna"."""
    if not adjective.endswith("e") or noun.endswith(("o", "e", "um")):
        return adjective
    stem = adjective[:-1]
    if noun.endswith("a"):
        return f"{stem.removesuffix('i')}a"
    return stem if stem.endswith("i") else f"{stem}y"


def _without_qualifiers(name: str, language: str) -> str:
    """The name without words for "each" and "relevant" ("各機關"); "组织和个人" parted."""
    qualifiers = party_data()["qualifiers"].get(language)
    if not qualifiers:
        return name
    plain = re.sub(rf"^(?:{qualifiers})+(?=..)", "", name)
    return re.sub(r"(?<=[一-龥])(?:[和、与及]|或者?)(?=[一-龥])", " and ", plain)


def _singular(word: str, language: str) -> str:
    for ending, single in party_data()["singular"].get(language, ()):
        if re.search(ending, word):
            return re.sub(ending, single, word)
    return word


def compound_start(view: TextView, mention: Phrase) -> int:
    """Where the compound begins whose last part the mention is; its own start without a clear border."""
    near = view.cues_in(mention.start - _MAX_COMPOUND - _MAX_CUE, mention.start)
    cue_end = max((cue.end for cue in near if cue.end <= mention.start and cue.form != "state"), default=0)
    begin = _behind_verbs(view, max(cue_end, mention.start - _MAX_COMPOUND, 0), mention.start)
    lead = view.folded[begin : mention.start]
    found = _compound(view.language).search(lead)
    if found is None or (found.start() == 0 and len(lead) == _MAX_COMPOUND):
        return mention.start
    start = mention.start - len(found.group())
    acted_on = _acted_on(view.language)
    is_acted_on = acted_on is not None and acted_on.match(view.folded, start - 1, mention.end)
    return start - 1 if start and is_acted_on else start


def _behind_verbs(view: TextView, begin: int, end: int) -> int:
    """Where the name can begin at the earliest: behind the last verb or preposition before it."""
    pattern = _border(view.language)
    # what follows a verb may show that it is none: "监督检查人员"
    verbs = pattern.finditer(view.folded, begin, min(end + 1, len(view.folded))) if pattern else ()
    return max((verb.end() for verb in verbs if verb.end() <= end), default=begin)


def coordinated(view: TextView, first: Phrase, mentions: list[Phrase], limit: int) -> tuple[Party, ...]:
    """The party of a mention and those joined to it by "and", "or" or a comma, before `limit`."""
    parties = [named_party(view, first)]
    joint = joint_of(view.language)
    for mention in mentions:
        if mention.start < parties[-1].end or mention.end > limit:
            continue
        party = named_party(view, mention)
        if not joint.fullmatch(view.folded, parties[-1].end, party.start):
            break
        if party.name not in {other.name for other in parties}:
            parties.append(party)
    return tuple(parties)
