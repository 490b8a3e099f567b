"""From when the provisions of a document apply, as its own words say."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from fragcheck.nlp.sentences import sentence_spans
from fragcheck.records import Analysis, Annotation, Parameter, ParameterKind, Provision, Reference

__all__ = ["commencement"]

#: Characters between the words that open a requirement and its date.
_NEAR = 4

_Words = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Cues:
    commencement: _Words
    whole: _Words
    exceptions: _Words
    opening: _Words


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    path = files("fragcheck.synthesis").joinpath("data", "applicability.toml")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return _Cues(raw["commencement"], raw["whole"], raw["except"], raw["from"])


def commencement(analysis: Analysis) -> tuple[dt.date | None, dict[str, dt.date]]:
    """Return the day from which the document applies, and those of single provisions by eid.

    Read are sentences that say from when something applies and hold a date: they speak of the provisions
    they refer to, or of the whole document where that is their subject; and requirements that begin with
    "on and after" and a date. A day holds for all that stands under a provision. Entry into force by a
    period ("on the twentieth day following ...") names no day and is not read.

    Returns
    -------
    whole : date or None
        The latest where there are several: entry into force comes before application.
    days : dict of str to date
    """
    notes = {note.eid: note for note in analysis.annotations}
    references: dict[str, list[Reference]] = {}
    for reference in analysis.references:
        references.setdefault(reference.eid, []).append(reference)
    wholes: list[dt.date] = []
    days: dict[str, dt.date] = {}
    exceptions: set[str] = set()
    for provision in analysis.segmentation.provisions:
        note = notes.get(provision.eid)
        if note is None:
            continue
        for clause in _clauses(provision, note, analysis.segmentation.language):
            targets, without = _targets(clause, references.get(provision.eid, ()))
            exceptions |= without
            if clause.is_own:
                days.setdefault(provision.eid, clause.day)
            elif targets:
                days.update(dict.fromkeys(targets, clause.day))
            elif clause.is_whole:
                wholes.append(clause.day)
    whole = max(wholes, default=None)
    if whole is not None:
        days.update({eid: whole for eid in exceptions if eid not in days})
    return whole, days


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence with a day; `start` and `date_at` count characters of the provision's text."""

    text: str
    start: int
    date_at: int
    day: dt.date
    is_whole: bool
    is_own: bool
    except_at: int


def _clauses(provision: Provision, note: Annotation, language: str) -> Iterator[_Clause]:
    dates = [one for one in _quantities(note) if one.kind is ParameterKind.DATE and one.iso_date]
    if not dates:
        return
    cues = _cues()
    for start, end in sentence_spans(provision.text, language):
        inside = [one for one in dates if start <= one.start < end]
        if not inside:
            continue
        words = provision.text[start:end]
        folded = words.casefold()
        first = min(inside, key=lambda one: one.start)
        # In an amending act the new words are quoted: what they say of themselves holds, a rule of
        # commencement among them is that of another law.
        is_rule = not provision.is_quoted and any(
            cue in folded for cue in cues.commencement.get(language, ())
        )
        opening = folded[: first.start - start].strip(" ,(")
        is_own = not is_rule and opening in cues.opening.get(language, ())
        if not (is_rule or is_own):
            continue
        found = [at for word in cues.exceptions.get(language, ()) if (at := folded.find(word)) >= 0]
        yield _Clause(
            words,
            start,
            first.start,
            dt.date.fromisoformat(first.iso_date),
            is_whole=folded.startswith(tuple(cues.whole.get(language, ()))),
            is_own=is_own,
            except_at=start + min(found) if found else len(provision.text),
        )


def _quantities(note: Annotation) -> tuple[Parameter, ...]:
    inside = [one for requirement in note.requirements for one in requirement.parameters]
    return (*inside, *note.parameters)


def _targets(clause: _Clause, references: list[Reference] | tuple[()]) -> tuple[list[str], set[str]]:
    """Provisions that the clause speaks of, and those that it leaves out."""
    named: list[str] = []
    without: set[str] = set()
    for one in references:
        if not clause.start <= one.start < clause.start + len(clause.text):
            continue
        if one.start >= clause.except_at:
            without.update(one.targets)
        elif one.start < clause.date_at:
            named.extend(one.targets)
    return named, without
