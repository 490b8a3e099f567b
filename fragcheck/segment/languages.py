"""Languages of a document: one as a rule, another for a note in front of it, one for each row of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fragcheck.nlp import detect_language
from fragcheck.records import Provision

__all__ = ["document_languages", "in_own_languages", "row_languages"]

#: Places of the body that are looked at, and characters at each.
_PLACES = 48
_AT_EACH = 400
#: Places from which another language is spoken by a part of the document and not by a quotation.
_PART = 2
#: Characters by which the language of a table as a whole is told.
_LANGUAGE_SAMPLE = 20_000
#: From how many letters and which probability on a text's own language is beyond doubt.
_OWN_LETTERS, _OWN_PROBABILITY = 60, 0.8
#: From which probability on a shorter text speaks one of the languages that other texts speak beyond doubt.
_SHORT_PROBABILITY = 0.4
#: Share of the texts beyond doubt from which a language is one of the table's.
_SPOKEN_SHARE = 0.01


def document_languages(texts: Sequence[str]) -> tuple[str, ...]:
    """Languages of a text, the one of most of it first; others that parts of it speak beyond doubt follow.

    Parameters
    ----------
    texts : sequence of str
        In the order of reading. Places at equal distances over all of them are looked at: a note in front
        of a law, or its annex, says nothing about the law between.

    Returns
    -------
    tuple of str
        ISO 639-1 codes; empty where there are no letters.
    """
    text = " ".join(texts)
    step = max(len(text) // _PLACES, 1)
    votes: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    for start in range(0, len(text), max(step, _AT_EACH // 2)):
        found, probability = detect_language(text[start : start + _AT_EACH])
        if found:
            votes[found] += round(1000 * probability)
            sure[found] += probability >= _OWN_PROBABILITY
    ranked = sorted(votes, key=lambda name: (-votes[name], name))
    return tuple(name for name in ranked if name == ranked[0] or sure[name] >= _PART)


def in_own_languages(provisions: Sequence[Provision], languages: Sequence[str]) -> tuple[Provision, ...]:
    """The provisions of a document, each under the one of its languages that it speaks.

    Parameters
    ----------
    provisions : sequence of Provision
    languages : sequence of str
        As from `document_languages`; of a single one nothing is asked.
    """
    if len(languages) < 2:
        return tuple(provisions)
    spoken = row_languages([f"{each.heading} {each.text}" for each in provisions])
    return tuple(
        replace(each, language=language) if language in languages else each
        for each, language in zip(provisions, spoken, strict=True)
    )


def row_languages(texts: Sequence[str]) -> list[str]:
    """Language of each row: its own where beyond doubt or spoken by other rows, else that of the row before.

    One law in one language keeps that language on every row; in a table of
    several laws a short row ("Le livre V est ainsi modifié :") keeps its own.
    """
    whole, _ = detect_language(" ".join(texts)[:_LANGUAGE_SAMPLE])
    own = [detect_language(text) for text in texts]
    sure = [_is_sure(text, *found) for text, found in zip(texts, own, strict=True)]
    certain = [language for (language, _), is_sure in zip(own, sure, strict=True) if is_sure]
    rows_of = Counter(certain)
    spoken = {name for name, count in rows_of.items() if count >= max(2, len(certain) * _SPOKEN_SHARE)}
    before = certain[0] if certain else whole
    languages = []
    for (language, probability), is_sure in zip(own, sure, strict=True):
        if language in spoken and (is_sure or probability >= _SHORT_PROBABILITY):
            before = language
        languages.append(language if is_sure else before)
    return languages


def _is_sure(text: str, language: str, probability: float) -> bool:
    by_script = language in ("zh", "ja", "ko")
    is_long = sum(map(str.isalpha, text)) >= _OWN_LETTERS
    return bool(language) and (by_script or is_long) and probability >= _OWN_PROBABILITY
