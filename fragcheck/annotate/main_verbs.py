"""Main clauses of European languages other than English: which verbs govern a sentence.

Statutes of these languages state duties in the indicative ("les fournisseurs informent", "der
Anbieter prüft"). A verb of a condition or a relative clause states nothing of its own. In Romance
sentences every subordinator takes the next finite verb; in German, Dutch and Polish, commas part
the clauses.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from fragcheck.annotate.cues import Cue
from fragcheck.annotate.finite_verbs import (
    INDICATIVE,
    FiniteVerb,
    Grammar,
    Words,
    finite_verbs,
    grammar_of,
    is_finite,
    words_of,
)
from fragcheck.annotate.romance_names import subject_end
from fragcheck.annotate.view import TextView
from fragcheck.records import Modality

__all__ = ["governing_cues", "opens_with_verb"]

#: How many words before its verb a subordinator stands in the order "near".
_NEAR = 3
#: Adverbs between a coordinator and its verb.
_MAX_ADVERBS = 3
#: How many words before a verb the coordinator of an insertion between commas is looked for.
_MAX_INSERTION = 16
#: How many words behind a form of "to be" its participle stands where no word order parts them.
_PARTICIPLE_REACH = 4
#: Words and characters of a clause behind its verb at most.
_CLAUSE_REACH = 200
_MAX_CLAUSE = 1500
_WORD = re.compile(r"[^\W\d_]+")
#: Characters behind a form of "to be" in which "obligatoire" stands.
_DUE_REACH = 40
#: Words of a subject at most.
_MAX_SUBJECT = 14
_LETTERS = "abcdefghijklmnopqrstuvwxyzàáâãçèéêìíñòóôõùúü'"
_OPENING_CLITICS = frozenset({"se", "s", "si", "ne", "n", "non", "não", "nie"})


def governing_cues(view: TextView, start: int, end: int) -> list[Cue]:
    """Cues that govern the sentence in a range, in order: modal ones and verbs in the indicative.

    Returns
    -------
    list of Cue
        Those of main clauses. A verb in the indicative counts where it is the first of its
        sentence, or is coordinated with one that already has its object. Its form is "passive"
        for a form of "to be" with a participle, else "present". A denied one is a prohibition.
    """
    grammar = grammar_of(view.language)
    words = words_of(view, start, end)
    verbs = _with_subject_verb(view, grammar, words, finite_verbs(view, grammar, words, start, end))
    main = _ORDERS[grammar.order](view, grammar, words, verbs)
    kept: list[FiniteVerb] = []
    for verb in main:
        own = verb.cue is not None or (verb.is_auxiliary and grammar.order == "comma")
        if not kept or own or _is_joint(view, grammar, words, kept[-1], verb):
            kept.append(verb)
    kept = _without_facts(view, grammar, words, kept, end)
    modal = [verb for verb in kept if verb.cue is not None]
    if modal and not _follows_joint(view, grammar, words, modal[0]):
        # an indicative before the modal verb is that of a clause we did not see
        kept = [verb for verb in kept if verb.start >= modal[0].start]
    if not modal and grammar.patterns["instrument"].match(view.folded, start, end):
        return []  # "Le présent règlement établit …": its own scope, entry into force, aim
    return [verb.cue or _indicative(view, grammar, words, verb) for verb in kept]


def _with_subject_verb(
    view: TextView, grammar: Grammar, words: Words, verbs: list[FiniteVerb]
) -> list[FiniteVerb]:
    """The verbs with the one right behind the party that opens the sentence, whatever verb it is.

    Spanish has no list of verbs in the present tense: this is how its present states a duty.
    """
    subject = subject_end(view, words[0].start(), words[-1].end()) if words else None
    if subject is None:
        return verbs
    stop, is_plural = subject
    place = bisect_left(words, stop, key=_start_of)
    while place < len(words) and grammar.has("adverb", words[place].group()):
        place += 1
    if place >= len(words) or place > _MAX_SUBJECT or any(verb.place <= place for verb in verbs):
        return verbs
    word = words[place]
    looks = grammar.patterns["subject_verbs" if is_plural else "subject_verb"]
    if not looks.fullmatch(word.group()) or view.folded[stop : word.start()].strip(" " + _LETTERS):
        return verbs
    if grammar.has("before_noun", word.group()):
        return verbs
    return [FiniteVerb(place, word.start(), word.end(), None, is_auxiliary=False), *verbs]


def _start_of(word: re.Match[str]) -> int:
    return word.start()


def opens_with_verb(view: TextView, start: int, end: int) -> bool:
    """True for an item that goes on where its lead-in stops ("l'organe de direction: a) approuve …")."""
    if view.language not in INDICATIVE:
        return False
    words = words_of(view, start, end)
    if words and words[0].group() in _OPENING_CLITICS:
        words = words[1:]
    return bool(words) and is_finite(view, grammar_of(view.language), words, 0)


def _indicative(view: TextView, grammar: Grammar, words: Words, verb: FiniteVerb) -> Cue:
    form = "passive" if verb.is_auxiliary and _has_participle(grammar, words, verb) else "present"
    negated = _is_denied(view, grammar, verb)
    modality = Modality.PROHIBITION if negated else Modality.OBLIGATION
    return Cue(verb.start, verb.end, modality, negated, form)


def _has_participle(grammar: Grammar, words: Words, verb: FiniteVerb) -> bool:
    """True where a participle follows a form of "to be": near it, in German and Dutch anywhere behind."""
    reach = verb.place + (_CLAUSE_REACH if grammar.words["states"] else _PARTICIPLE_REACH)
    participle = grammar.patterns["participle"]
    return any(participle.fullmatch(word.group()) for word in words[verb.place + 1 : reach])


def _is_denied(view: TextView, grammar: Grammar, verb: FiniteVerb) -> bool:
    if grammar.patterns["denied"].search(view.folded[max(0, verb.start - 14) : verb.start]):
        return True
    rest = view.folded[verb.end : verb.end + _MAX_CLAUSE]
    stop = min((at for at in map(rest.find, ",;:.") if at >= 0), default=len(rest))
    unmarked = (word.start() for word in _WORD.finditer(rest[:stop]) if grammar.has("unmarked", word.group()))
    return grammar.patterns["denied_behind"].search(rest[: next(unmarked, stop)]) is not None


def _without_facts(
    view: TextView, grammar: Grammar, words: Words, kept: list[FiniteVerb], end: int
) -> list[FiniteVerb]:
    """The verbs that bind; what is joined to a first Romance verb that tells a fact tells one too."""
    binding = [verb for verb in kept if not _states_fact(view, grammar, words, verb, end)]
    if kept and kept[0] not in binding and grammar.order != "comma":
        return [verb for verb in binding if verb.cue is not None]
    return binding


def _states_fact(view: TextView, grammar: Grammar, words: Words, verb: FiniteVerb, end: int) -> bool:
    """True for "ist in Anhang I geregelt", "ist Teil des Verfahrens", "est une société anonyme"."""
    if verb.cue is not None:
        return False
    form = view.folded[verb.start : verb.end]
    if grammar.order != "comma":
        if verb.place == 0 or not (verb.is_auxiliary or grammar.has("factual", form)):
            return False  # an item may open with its verb: "est accessible au public;"
        if verb.is_auxiliary and _has_participle(grammar, words, verb):
            return False
        return not grammar.patterns["due"].search(view.folded, verb.end, min(end, verb.end + _DUE_REACH))
    if not grammar.has("states", form):
        return False
    return (
        grammar.patterns["facts"].search(view.folded, verb.start, min(end, verb.start + _MAX_CLAUSE))
        is not None
    )


def _by_stack(view: TextView, grammar: Grammar, words: Words, verbs: list[FiniteVerb]) -> list[FiniteVerb]:
    """Verbs of main clauses where every subordinator takes the next finite verb."""
    by_index = {verb.place: verb for verb in verbs}
    main: list[FiniteVerb] = []
    pending, last_is_main = 0, True
    last: FiniteVerb | None = None
    opens_low = bool(words) and grammar.has("subordinate", words[0].group())
    within = {index for verb in verbs if verb.cue for index in _inside(words, verb)}
    for index, word in enumerate(words):
        if opens_low and not main and index and _comma_before(view, words, index):
            pending = min(pending, 1) if last is None else 0
        is_low = index not in within and grammar.has("subordinate", word.group())
        if is_low and _opens_clause(view, grammar, words, index):
            pending += 1
        verb = by_index.get(index)
        if verb is None:
            continue
        if pending:
            pending, last_is_main = pending - 1, False
        elif last is None or last_is_main or not _joins_low(view, grammar, words, verb):
            last_is_main = True
            main.append(verb)
        last = verb
    return main or _last_resort(view, grammar, words, verbs)


def _inside(words: Words, verb: FiniteVerb) -> range:
    """Places of the words of a cue behind its first ("sempre que possível")."""
    last = verb.place + 1
    while last < len(words) and words[last].start() < verb.end:
        last += 1
    return range(verb.place + 1, last)


def _last_resort(view: TextView, grammar: Grammar, words: Words, verbs: list[FiniteVerb]) -> list[FiniteVerb]:
    """The last verb, a modal one before others, where subordinators took them all: some verb we do not know.

    A fragment that opens with a relative ("qui permet …") or in lower case has no main clause, nor has a noun
    with one relative clause ("Les parts qui sont vendues").
    """
    opening = words[0].group() if words else ""
    if not words or view.text[words[0].start()].islower():
        return []
    if grammar.has("subordinate", opening) and not grammar.has("conditions", opening):
        return []
    modal = [verb for verb in verbs if verb.cue is not None]
    return modal[-1:] or (verbs[-1:] if len(verbs) > 1 else [])


def _comma_before(view: TextView, words: Words, index: int) -> bool:
    return "," in view.folded[words[index - 1].end() : words[index].start()]


def _opens_clause(view: TextView, grammar: Grammar, words: Words, index: int) -> bool:
    """False where a subordinator opens no clause: "ainsi que", the reflexive "se" of Portuguese."""
    if index == 0:
        return True
    before = words[index - 1].group()
    if words[index].group() == "caso":  # "no caso de" opens none
        return _comma_before(view, words, index)
    if words[index].group() == "se" and grammar.language == "pt":
        return _comma_before(view, words, index) or before in ("salvo", "exceto", "e", "ou", "só", "apenas")
    return not grammar.has("no_clause", before)


def _joins_low(view: TextView, grammar: Grammar, words: Words, verb: FiniteVerb) -> bool:
    """True for "qui constate et corrige"; with a comma before "et" the main clause goes on."""
    if not _follows_joint(view, grammar, words, verb):
        return False
    for index in range(verb.place - 1, max(verb.place - _MAX_INSERTION, 0), -1):
        if grammar.has("joint", words[index].group()):
            return not _comma_before(view, words, index)
    return True


def _by_nearness(view: TextView, grammar: Grammar, words: Words, verbs: list[FiniteVerb]) -> list[FiniteVerb]:
    """Verbs without a subordinator right before them: Spanish conditions and relatives use other moods."""
    return [
        verb
        for verb in verbs
        if not any(
            grammar.has("subordinate", word.group()) and "," not in view.folded[word.end() : verb.start]
            for word in words[max(0, verb.place - _NEAR) : verb.place]
        )
    ]


def _by_commas(view: TextView, grammar: Grammar, words: Words, verbs: list[FiniteVerb]) -> list[FiniteVerb]:
    """Verbs of main clauses where commas part the clauses."""
    main: list[FiniteVerb] = []
    for first, last in _comma_parts(view, words):
        inside = verbs[bisect_left(verbs, first, key=_place) : bisect_left(verbs, last, key=_place)]
        if not inside or _is_low(grammar, words, (first, last), inside):
            continue
        concludes = bool(main) and main[0].place == 0 and _concludes(words, first, inside[0])
        if concludes:
            main = []  # "Ist die Behörde der Auffassung, dass …, so unterrichtet sie …"
        elif main and (main[-1].cue is not None or main[-1].is_auxiliary):
            inside = [v for v in inside if v.cue is not None or v.is_auxiliary]  # the rest are infinitives
        main += inside[:1]
        head = inside[0].place if inside else last
        joint = next((at for at in range(head, last) if grammar.has("joint", words[at].group())), last)
        main += [
            verb
            for verb in inside[1:]
            if _starts_anew(view, grammar, words, (inside[0], verb), (joint, last))
        ]
    if len(main) > 1 and main[0].place == 0 and main[0].cue is None:
        return main[1:]  # "Stellt der Anbieter fest, dass …, so informiert er …"
    return main


def _concludes(words: Words, first: int, verb: FiniteVerb) -> bool:
    """True for the main clause behind a condition that opens with its verb: its own comes first in it."""
    led = words[first].group() in ("so", "dann", "dan")
    return verb.place == first or (led and verb.place == first + 1)


def _starts_anew(
    view: TextView,
    grammar: Grammar,
    words: Words,
    pair: tuple[FiniteVerb, FiniteVerb],
    places: tuple[int, int],
) -> bool:
    """True for a further verb of a part between commas that opens a coordinated clause.

    `places` are those of the first joint behind the first verb, and of the end of the part.
    """
    head, verb = pair
    joint, last = places
    if head.cue is None and not head.is_auxiliary and _follows_joint(view, grammar, words, verb):
        return True
    if verb.place >= last - 1 or (verb.cue is None and not verb.is_auxiliary):
        return False  # at the end stands an infinitive
    return joint < verb.place


def _place(verb: FiniteVerb) -> int:
    return verb.place


def _comma_parts(view: TextView, words: Words) -> list[tuple[int, int]]:
    """Ranges of words between commas."""
    borders = [index for index in range(1, len(words)) if _comma_before(view, words, index)]
    return list(zip([0, *borders], [*borders, len(words)], strict=True))


def _is_low(grammar: Grammar, words: Words, part: tuple[int, int], inside: list[FiniteVerb]) -> bool:
    """True where a part between commas is a subordinate clause."""
    first, last = part
    if [word.group() for word in words[max(0, first - 2) : first]] == ["sei", "denn"]:
        return True
    opening = [word.group() for word in words[first : min(first + 4, last)]]
    while opening and grammar.has("joint", opening[0]):
        opening = opening[1:]
    if any(grammar.has("subordinate", word) for word in opening[:2]):
        return True
    if first == 0 or not opening:
        return False
    if grammar.has("prepositions", opening[0]) and grammar.has("relative", "".join(opening[1:2])):
        return True
    # "die den Betrieb überwachen": the verb of a relative clause stands at its end (not in Polish)
    ends_with_verb = not grammar.words["states"] or inside[-1].place >= last - 2
    return grammar.has("relative", opening[0]) and ends_with_verb


def _follows_joint(view: TextView, grammar: Grammar, words: Words, verb: FiniteVerb) -> bool:
    """True where a coordinator stands right before a verb, or before an insertion between commas."""
    index = verb.place - 1
    steps = 0
    while index >= 0 and steps < _MAX_ADVERBS and _is_adverb(grammar, words[index].group()):
        index, steps = index - 1, steps + 1
    if index >= 0 and grammar.has("joint", words[index].group()):
        return True
    if index < 0 or "," not in view.folded[words[index].end() : verb.start]:
        return False
    return any(
        grammar.has("joint", words[at].group())
        and view.folded[words[at].end() : words[at + 1].start()].strip() == ","
        for at in range(index - 1, max(index - _MAX_INSERTION, 0), -1)
    )


def _is_adverb(grammar: Grammar, word: str) -> bool:
    return grammar.has("adverb", word) or word.endswith(("ment", "mente"))


def _is_joint(view: TextView, grammar: Grammar, words: Words, before: FiniteVerb, verb: FiniteVerb) -> bool:
    """True where a verb is coordinated with the one before it, which has an object of its own."""
    if not _follows_joint(view, grammar, words, verb):
        return False
    fixed = grammar.patterns["fixed"].match(view.folded, before.end)
    start = fixed.end() if fixed else before.end
    between = [
        word.group()
        for word in words[before.place + 1 : verb.place]
        if word.start() >= start
        and not grammar.has("joint", word.group())
        and not _is_adverb(grammar, word.group())
    ]
    return len(between) > sum(word in grammar.forms for word in between)


_ORDERS = {"stack": _by_stack, "comma": _by_commas, "near": _by_nearness}
