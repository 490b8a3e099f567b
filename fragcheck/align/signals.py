"""How alike two lists of provisions are, cell by cell: the lexical and dense signals and their fusion."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fragcheck.align.lexical import count_terms, okapi, tfidf_cosine
from fragcheck.align.reference import gram_frequencies, term_frequencies
from fragcheck.align.vectors import ENCODED_LANGUAGES, centred, embed, similarities
from fragcheck.align.words import character_grams, terms
from fragcheck.nlp import detect_language
from fragcheck.nlp.encoder import SentenceEncoder
from fragcheck.records import TextUnit

__all__ = ["Content", "Signals", "compute_signals", "content_of"]

Matrix = NDArray[np.float64]

#: Scores and probabilities are rounded to this many decimals before any threshold or ranking.
DECIMALS = 6
#: Contributions to the fused score. Chosen on development crosswalks, see docs/alignment.md.
_CHARACTERS, _OKAPI, _SURROUNDINGS, _WHOLE, _PARTS = 2.5, 0.25, 0.5, 1.0, 1.0
_SAMPLE_UNITS = 200
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Content:
    """Distinct contents of a side in canonical order, whatever their keys and order.

    Parameters
    ----------
    units : tuple of TextUnit
        Sorted by text, heading and context; without keys.
    rows : tuple of int
        For each unit that was given, the position of its content.
    digest : str
        sha256 of the contents.
    language : str
        Most frequent language of the side, or the one found in its words.
    """

    units: tuple[TextUnit, ...]
    rows: tuple[int, ...]
    digest: str
    language: str


@dataclass(frozen=True, slots=True)
class Signals:
    """Symmetric similarities of two sides, each of shape (n, m), rounded to 1e-6.

    Parameters
    ----------
    characters : ndarray
        TF-IDF cosine over character runs, in [0, 1].
    okapi : ndarray
        BM25 of both directions, ≥ 0.
    whole, parts : ndarray
        Cosines of the units in context and of their best sentences, in [-1, 1].
    identical : ndarray of bool
        The same words, whatever their case, spacing and punctuation.
    shares_language : bool
    score : ndarray
        The fused score.
    """

    characters: Matrix
    okapi: Matrix
    whole: Matrix
    parts: Matrix
    identical: NDArray[np.bool_]
    shares_language: bool
    score: Matrix


def content_of(units: Sequence[TextUnit]) -> Content:
    """Distinct contents of `units` in canonical order."""
    given = [(unit.text, unit.heading, unit.context) for unit in units]
    distinct = sorted(set(given))
    position = {item: index for index, item in enumerate(distinct)}
    language = _language(units, [text for text, _, _ in distinct])
    digest = hashlib.sha256(repr((language, distinct)).encode()).hexdigest()
    contents = tuple(TextUnit("", text, heading, context, language) for text, heading, context in distinct)
    return Content(contents, tuple(position[item] for item in given), digest, language)


def _language(units: Sequence[TextUnit], texts: Sequence[str]) -> str:
    stated = Counter(unit.language for unit in units if unit.language)
    if stated:
        return min(stated, key=lambda name: (-stated[name], name))
    step = max(1, len(texts) // _SAMPLE_UNITS)
    return detect_language(" ".join(texts[::step]))[0]


def compute_signals(
    first: Content, second: Content, encoder: SentenceEncoder, means: Mapping[str, Matrix]
) -> Signals:
    """Signals of two sides.

    Parameters
    ----------
    first, second : Content
    encoder : SentenceEncoder
    means : mapping of str to ndarray, shape (d,)
        Reference mean vector per language, and for any other language under ``""``.

    Notes
    -----
    score = 2½ characters + ¼ okapi + ½ surroundings + whole + parts within a
    language, `surroundings` being the characters of headings and ancestors alone.
    Across languages the words are left out, unless the encoder was not trained
    on one of the two: then names, numbers and cognates are what remains.
    """
    vectors = [
        centred(embed(side.units, encoder), means.get(side.language, means[""])) for side in (first, second)
    ]
    whole, parts = (np.round(matrix, DECIMALS) for matrix in similarities(*vectors))
    words = [[terms(_in_context(unit), side.language) for unit in side.units] for side in (first, second)]
    languages = sorted({first.language, second.language})
    known_terms = [term_frequencies(language) for language in languages]
    known_grams = [gram_frequencies(language) for language in languages]
    grams = [[character_grams(text) for text in side] for side in words]
    characters = np.round(tfidf_cosine(count_terms(grams[0], grams[1], *known_grams)), DECIMALS)
    bm25 = np.round(okapi(count_terms(words[0], words[1], *known_terms)), DECIMALS)
    score = _WHOLE * whole + _PARTS * parts
    shares_language = len(languages) == 1
    if shares_language or not ENCODED_LANGUAGES.issuperset(languages):
        score = (
            score + _CHARACTERS * characters + _OKAPI * bm25 + _SURROUNDINGS * _surroundings(first, second)
        )
    score = np.round(score, DECIMALS) + 0.0
    return Signals(characters, bm25, whole, parts, _identical(first, second), shares_language, score)


def _surroundings(first: Content, second: Content) -> Matrix:
    """TF-IDF cosine over the character runs of what stands above a provision, in [0, 1]."""
    grams = [
        [character_grams(terms(f"{unit.context}. {unit.heading}", side.language)) for unit in side.units]
        for side in (first, second)
    ]
    cosine: Matrix = np.round(tfidf_cosine(count_terms(grams[0], grams[1])), DECIMALS)
    return cosine


def _identical(first: Content, second: Content) -> NDArray[np.bool_]:
    words = [[" ".join(_WORD.findall(unit.text.lower())) for unit in side.units] for side in (first, second)]
    code = {
        text: index for index, text in enumerate(sorted({text for side in words for text in side if text}))
    }
    left, right = (
        np.array([code.get(text, -1) for text in words[0]]),
        np.array([code.get(text, -2) for text in words[1]]),
    )
    same: NDArray[np.bool_] = left[:, None] == right[None, :]
    return same


def _in_context(unit: TextUnit) -> str:
    return ". ".join(part for part in (unit.context, unit.heading, unit.text) if part)
