"""Actions of the other languages, told in the English words whose classes are laid down.

One rule classifies the actions of every language: a clause's verb and the nouns behind it are put into
English by the stems of ``taxonomy/data/action_words.csv``, and `classify_action` does the rest. What a
rule does is then called the same in two versions of one law.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fragcheck.annotate.actions import classify_action
from fragcheck.annotate.cues import Cue
from fragcheck.annotate.readers import Reader
from fragcheck.annotate.view import TextView
from fragcheck.nlp import UNSPACED
from fragcheck.taxonomy.action_words import load_action_words

__all__ = ["Action", "action_of", "is_known_verb"]

#: How far behind its start a clause's nouns are looked at, and how far behind a modal verb its infinitive.
_REACH, _NEAR = 130, 60
#: East Asian languages say as much in fewer characters.
_DENSE_REACH, _DENSE_NEAR = 50, 30
#: Stems of nouns of this length also count inside German and Dutch compounds.
_COMPOUND = 6
_WEAK_FORMS = frozenset({"present", "passive", "state", "future"})
#: Verbs that forbid or allow an act, which is then named by a noun ("é proibido o uso de …").
_FORBIDS_OR_ALLOWS = frozenset({"prohibit", "authorise", "allow"})
#: The noun of an act that is no class by itself: it stands first, behind an article at most.
_NAMED_ACT = "use"
_ARTICLE = re.compile(r"\W*(?:[^\W\d_]{1,3}(?:['’]|\s+))?")


#: What parts words: in languages without spaces anything, else white space.
_GAP = (re.compile(r"[\s,;]"), re.compile(r"."))
#: What stands behind the infinitive or participle that closes a German or Dutch clause, and no adjective.
_CLOSES = re.compile(
    r"\w*\s*(?:[.,;:(\[]|$|(?:und|oder|sowie|bzw|werden|worden|wird|wurde|sein|haben|hat|zu|ist|sind"
    r"|kann|können|muss|müssen|en|of|worden|wordt|te|is|zijn|kan|kunnen|moet|moeten)(?!\w))"
)


class Action(NamedTuple):
    """A clause's English base verb (empty where no known one stands) and the class of its action."""

    verb: str
    name: str


class _Tables(NamedTuple):
    verbs: re.Pattern[str]
    nouns: re.Pattern[str]
    verb_of: dict[str, str]
    noun_of: dict[str, str]
    parted: dict[str, tuple[tuple[re.Pattern[str], str], ...]]


@lru_cache(maxsize=16)
def _tables(language: str) -> _Tables:
    words = load_action_words()
    verb_of: dict[str, str] = {}
    parted: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for english, stem in words.verbs(language):
        head, _, particle = stem.partition("~")
        if particle:
            pattern = re.compile(rf"(?<!\w){re.escape(particle)}")
            parted.setdefault(head, []).append((pattern, english))
        else:
            verb_of.setdefault(head, english)
    noun_of: dict[str, str] = {}
    for english, stem in words.nouns(language):
        noun_of.setdefault(stem, english)
    compounds = language in ("de", "nl")
    return _Tables(
        _pattern({*verb_of, *parted}, language, compounds=False),
        _pattern(set(noun_of), language, compounds=compounds),
        verb_of,
        noun_of,
        {head: tuple(forms) for head, forms in parted.items()},
    )


def _pattern(stems: set[str], language: str, *, compounds: bool) -> re.Pattern[str]:
    ordered = sorted(stems, key=lambda stem: (-len(stem), stem))
    return re.compile(
        "|".join(
            re.escape(stem)
            if language in UNSPACED or (compounds and len(stem) >= _COMPOUND)
            else rf"(?<!\w){re.escape(stem)}"
            for stem in ordered
        )
    )


def action_of(view: TextView, reader: Reader, cue: Cue, region: tuple[int, int], start: int) -> Action:
    """The action of the clause that a cue governs.

    Parameters
    ----------
    view : TextView
    reader : Reader
    cue : Cue
    region : tuple of (int, int)
        Range of the clause.
    start : int
        Where the verb can begin in languages that put it behind the cue.
    """
    opening, closing = region
    tables = _tables(view.language)
    if _is_use_forbidden(view, tables, cue, opening):
        return Action(_NAMED_ACT, classify_action(_NAMED_ACT, ""))
    place = _verb_place(view, reader, tables, cue, (opening, closing, start))
    verb = _english_verb(view, tables, place, closing) if place else ""
    if view.language in UNSPACED and place is None:
        place, verb = (cue.start, cue.start), "make"  # "表示をする": the noun says what is done
    if place is None or not verb:
        return Action("", "")
    return Action(verb, classify_action(verb, _complement(view, reader, cue, place, region)))


def _is_use_forbidden(view: TextView, tables: _Tables, cue: Cue, opening: int) -> bool:
    """True for "é proibido o uso de …" and "die Verwendung von … ist erlaubt"."""
    forbids = tables.verbs.search(view.folded, cue.start, cue.end)
    if forbids is None or tables.verb_of.get(forbids.group()) not in _FORBIDS_OR_ALLOWS:
        return False
    for place in (cue.end, opening):
        article = _ARTICLE.match(view.folded, place)
        noun = tables.nouns.match(view.folded, article.end() if article else place)
        if noun is not None and tables.noun_of[noun.group()] == _NAMED_ACT:
            return True
    return False


def is_known_verb(view: TextView, start: int) -> bool:
    """True where a known verb begins at a place of the text."""
    return _tables(view.language).verbs.match(view.folded, start) is not None


def _verb_place(
    view: TextView, reader: Reader, tables: _Tables, cue: Cue, region: tuple[int, int, int]
) -> tuple[int, int] | None:
    """Range of the stem of the clause's main verb."""
    opening, closing, start = region
    own = tables.verbs.match(view.folded, cue.start)
    if own is not None and (cue.form in _WEAK_FORMS or view.language not in UNSPACED):
        return own.span()  # "comporte", "gewährleistet": the cue itself is the verb
    if reader.verb == "before":
        hits = [m.span() for m in tables.verbs.finditer(view.folded, opening, cue.end)]
        hits = [span for span in hits if _is_verb(view, span)]
        return hits[-1] if hits else None
    if reader.verb == "end" and cue.form not in ("present", "state"):
        stop = _clause_end(view, reader, cue.end, closing)
        hits = [m.span() for m in tables.verbs.finditer(view.folded, cue.start, stop)]
        hits = [span for span in hits if _is_verb(view, span)]
        closes = (span for span in hits if _CLOSES.match(view.folded, span[1], closing))
        return next(closes, hits[-1] if hits else None)
    near = _DENSE_NEAR if view.language in UNSPACED else _NEAR
    first = cue.start if cue.form in _WEAK_FORMS and cue.form != "passive" else start
    for match in tables.verbs.finditer(view.folded, first, min(closing, first + near)):
        if _is_verb(view, match.span()):
            return match.span()
    return None


def _is_verb(view: TextView, span: tuple[int, int]) -> bool:
    """False for a German noun of the same stem, and inside the name of a party ("operador")."""
    if view.party_over(span[0]) is not None:
        return False
    return view.language != "de" or not view.text[span[0]].isupper()


def _clause_end(view: TextView, reader: Reader, start: int, closing: int) -> int:
    """Where the subordinate clause begins in German and Dutch; the verb stands before it."""
    if reader.subordinate is None:
        return closing
    found = reader.subordinate.search(view.folded, start, closing)
    return found.start() if found else closing


def _english_verb(view: TextView, tables: _Tables, place: tuple[int, int], closing: int) -> str:
    """English base verb of a stem, with its particle where it is parted from it ("stellt … sicher")."""
    stem = view.folded[slice(*place)]
    for particle, english in tables.parted.get(stem, ()):
        if particle.search(view.folded, place[1], closing):
            return english
    return tables.verb_of.get(stem, "")


def _complement(
    view: TextView, reader: Reader, cue: Cue, place: tuple[int, int], region: tuple[int, int]
) -> str:
    """Nouns of the clause in English, in the order in which an English sentence would have them."""
    tables = _tables(view.language)
    opening, closing = region
    reach = _DENSE_REACH if view.language in UNSPACED else _REACH
    if reader.verb == "before":
        hits = _nouns(view, reader, tables, max(opening, place[0] - reach), place[0])
        return " ".join(reversed(hits))
    after = _nouns(view, reader, tables, place[1], min(closing, place[1] + reach))
    if reader.verb == "end" and cue.form not in ("present", "state"):
        between = _nouns(view, reader, tables, cue.end, max(cue.end, place[0]))
        after = [*between, *after]
    is_passive = cue.form == "passive" or (
        reader.passive is not None and reader.passive.search(view.folded, cue.end, min(closing, cue.end + 14))
    )
    before = _nouns(view, reader, tables, max(opening, cue.start - reach), cue.start) if is_passive else []
    return " ".join([*before, *after])


def _nouns(view: TextView, reader: Reader, tables: _Tables, start: int, end: int) -> list[str]:
    """English nouns of a range; "to" where a clause of purpose or a relative one begins."""
    border = reader.purpose.search(view.folded, start, end) if reader.purpose else None
    found: list[str] = []
    group, last = 0, -1
    for match in tables.nouns.finditer(view.folded, start, end):
        if border is not None and border.start() <= match.start():
            found.append("to")
            border = None
        # the last part of a compound is its head: "Risikobewertung", "安全培训"
        joined = last >= 0 and not _GAP[view.language in UNSPACED].search(view.folded, last, match.start())
        group, last = (group + 1 if joined else 0), match.end()
        found.insert(len(found) - group, tables.noun_of[match.group()])
    return found
