"""Which class of action an English verb phrase names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from fragcheck.annotate.wordlists import english_words
from fragcheck.nlp import base_verb, singular_noun
from fragcheck.records import Parameter, ParameterKind
from fragcheck.taxonomy.actions import load_actions

__all__ = ["classify_action", "known_verbs", "settle_class", "whole_verb"]

_WORD = re.compile(r"[a-z][\w'-]*")
#: How many words after the verb are looked at for the noun that decides.
_REACH = 14
#: How many words after the verb its object is looked for in.
_NEAR = 5
#: Words after which the aim of the object stands, which decides only where the object does not.
_PURPOSE = frozenset({"to", "which", "who", "whose", "for"})


class _Tables(NamedTuple):
    verbs: dict[str, str]
    objects: dict[str, str]
    senses: dict[str, dict[str, str]]
    light: frozenset[str]
    bases: frozenset[str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    lexicon = load_actions()
    verbs: dict[str, str] = {}
    objects: dict[str, str] = {}
    senses: dict[str, dict[str, str]] = {}
    for entry in lexicon.classes:
        for verb in entry.verbs:
            verbs.setdefault(verb, entry.name)
        for noun in entry.objects:
            objects.setdefault(noun, entry.name)
        for verb, nouns in entry.senses:
            for noun in nouns:
                senses.setdefault(verb, {}).setdefault(noun, entry.name)
    others = english_words().other_verbs
    phrases = [
        *others,
        *verbs,
        *lexicon.light_verbs,
        *senses,
        *english_words().fixed,
        *english_words().addressed,
    ]
    bases = frozenset(phrase.split()[0] for phrase in phrases)
    return _Tables(verbs, objects, senses, frozenset(lexicon.light_verbs), bases)


def known_verbs() -> frozenset[str]:
    """Base verbs that the lexicon knows, without particles."""
    return _tables().bases


def whole_verb(base: str, following: str) -> str:
    """The verb with its particle or fixed complement: "draw" before "up the file" is "draw up".

    Parameters
    ----------
    base : str
        Base form of the verb.
    following : str
        Lower-case words after it, without the object of a passive.
    """
    words = english_words()
    for fixed in words.fixed:
        head, _, rest = fixed.partition(" ")
        if head == base and re.search(rf"(?:^|\s){rest}\b", " ".join(following.split()[:12])):
            return fixed
    first = following.split()[:1]
    if first and first[0].strip(",;.") in words.particles and f"{base} {first[0]}" in _all_particle_verbs():
        return f"{base} {first[0]}"
    return base


@lru_cache(maxsize=1)
def _all_particle_verbs() -> frozenset[str]:
    tables = _tables()
    return frozenset(verb for verb in (*tables.verbs, *tables.light, *tables.senses) if " " in verb)


def classify_action(verb: str, complement: str) -> str:
    """Class of the action that a verb and its complement name; empty where none fits.

    Parameters
    ----------
    verb : str
        Base form, with its particle.
    complement : str
        The rest of the verb phrase, lower case, active order.
    """
    tables = _tables()
    words = _WORD.findall(complement)[:_REACH]
    senses = tables.senses.get(verb, {})
    for position, word in enumerate(words[:_NEAR]):
        if (
            word == "data"
            and words[position + 1 : position + 2]
            and words[position + 1].startswith("subject")
        ):
            continue
        name = senses.get(word) or senses.get(singular_noun(word))
        if name:
            return name
    if verb in tables.verbs and verb not in tables.light:
        return tables.verbs[verb]
    if verb in tables.light:
        purpose = next((n for n, word in enumerate(words) if word in _PURPOSE), len(words))
        found = _by_object(words[:purpose], tables.objects) or _by_object(words[purpose:], tables.objects)
        if found:
            return found
    if verb in tables.verbs:
        return tables.verbs[verb]
    head = verb.split(maxsplit=1)[0]
    return tables.verbs.get(head, "") or _by_nominal(verb, tables)


_KEEPING = frozenset({"keep", "maintain", "retain", "store", "preserve", "hold", "archive"})


def settle_class(verb: str, name: str, recipient_role: str, parameters: Sequence[Parameter]) -> str:
    """Class of an action by whom it is towards: telling an authority notifies it, telling a person informs.

    Parameters
    ----------
    verb : str
        English base verb.
    name : str
        Class by `classify_action`.
    recipient_role : str
    parameters : sequence of Parameter
        Keeping something for a time is keeping records.
    """
    if verb in _KEEPING and name != "protect_data":
        return "keep_records" if any(p.kind is ParameterKind.RETENTION for p in parameters) else name
    if name == "inform" and recipient_role == "public_authority":
        return "notify"
    return "inform" if name == "notify" and recipient_role == "affected_person" else name


def _by_object(words: list[str], objects: dict[str, str]) -> str:
    for position, word in enumerate(words):
        single = singular_noun(word)
        pair = f"{single} {singular_noun(words[position + 1])}" if position + 1 < len(words) else ""
        for noun in (pair, word, single):
            if noun in objects:
                return objects[noun]
    return ""


def _by_nominal(noun: str, tables: _Tables) -> str:
    """Class of "identification of persons" by its noun, of "scoring" by its verb."""
    name = tables.objects.get(noun) or tables.objects.get(singular_noun(noun))
    return name or tables.verbs.get(base_verb(noun, tables.bases), "")
