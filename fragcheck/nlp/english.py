"""Inflection of English verbs and nouns: the little that legal sentences need."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

__all__ = ["base_verb", "is_participle", "singular_noun"]

_FILE = Path(__file__).parent / "data" / "english.toml"
_VOWELS = "aeiou"
#: Words in -ed or -en that are no participles where they follow "be".
_NOT_PARTICIPLES = frozenset(
    {"indeed", "then", "often", "when", "even", "open", "hundred", "seven", "ten", "eleven"}
)
#: Endings before which a silent e was dropped: "ensur-ed" is "ensure".
_SILENT_E = (
    "at", "iz", "is", "ys", "yz", "uc", "ac", "ic", "nc", "rc", "ur", "ir", "ar", "or", "id", "ud", "ad", "od", "ag", "eg",
    "dg", "ng", "rg", "ov", "iv", "av", "ev", "lv", "rv", "ul", "pl", "bl", "il", "ol", "gu", "qu", "su", "lu", "um", "am",
    "os", "us", "as", "ns", "rs", "ut", "et", "it", "ot", "in", "ap", "op", "yp", "ib", "ub", "tl", "dl", "at", "ak", "ok",
    "ik", "ym", "im", "om",
)  # fmt: skip
#: Stems with such an ending that take no e after all: "monitor-ed", "inform-ed".
_NO_E = frozenset(
    "monitor offer order consider register alter deliver enter hinder tender administer wonder answer render consult "
    "limit edit audit exhibit inhibit prohibit elicit benefit credit visit deposit profit cred submit target market "
    "docket adopt appoint obtain maintain explain train contain retain restrain attain detain contain sustain join "
    "repeat treat seat heat format float combat commit permit fit avoid aid raid load upload download read plead head "
    "spread need proceed succeed feed exceed exclud mention sanction question condition station function transition "
    "commission envision envisag partition position caution apportion proportion petition fashion pension impos favour "
    "honour labour harbour detail fail mail entail curtail prevail sail appeal reveal conceal seal deal peel heal "
    "compel fulfil instil toil foil appear clear hear repair impair pair air chair anchor sponsor author tailor censor "
    "tutor factor favor honor focus bias cover recover discover differ suffer confer infer gather "
    "encounter counter filter master foster muster cluster develop envelop gallop equip worship group loop sweep keep "
    "transit await wait recruit suit exploit discredit solicit interpret forfeit budget pocket rocket reset forget "
    "happen open listen strengthen broaden widen weaken threaten determin sign assign design campaign reason season "
    "abandon pardon summon return turn concern warn learn earn govern reclaim claim proclaim exclaim aim maim seem "
    "deem redeem esteem doom bloom zoom perform inform confirm affirm reform transform harm arm alarm farm "
    "cook book look hook overlook provok seek leak speak break book tick risk ask task mask link bank rank think thank "
    "account count discount mount amount recount surmount".split()
)


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    with _FILE.open("rb") as handle:
        data = tomllib.load(handle)
    return dict(data["irregular"]), dict(data["gerund"])


@lru_cache(maxsize=8192)
def base_verb(word: str, known: frozenset[str] = frozenset()) -> str:
    """Base form of an English verb form in lower case.

    Parameters
    ----------
    word : str
        ``"notified"``, ``"keeping"``, ``"carries"``, or a base form.
    known : frozenset of str
        Base verbs that are preferred among the possible ones.

    Returns
    -------
    str
        ``"notify"``, ``"keep"``, ``"carry"``; `word` itself where no rule fits.
    """
    irregular, gerund = _tables()
    if word in irregular:
        return irregular[word]
    if word in gerund:
        return gerund[word]
    if word in known:
        return word
    stem = _stem(word)
    if stem is None:
        return word
    if stem.endswith("i") and word.endswith("ied"):
        return stem[:-1] + "y"
    for candidate in (stem + "e", stem, stem[:-1] if stem[-2:-1] == stem[-1:] else stem):
        if candidate in known:
            return candidate
    return _guess(stem)


def _stem(word: str) -> str | None:
    """What stands before -ed, -ing or -s; None where the word has no such ending."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)]
    if word.endswith("es") and word[-3:-2] in "sxzh":
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return None


def _guess(stem: str) -> str:
    if stem in _NO_E or stem.endswith(("y", "w", "ss", "sh", "ch", "x")):
        return stem
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if stem.endswith(_SILENT_E) and not stem.endswith(("ain", "eat", "oin", "ert", "oor")):
        return stem + "e"
    return stem


def is_participle(word: str) -> bool:
    """True where a lower-case word can be the past participle after a form of "be"."""
    if word in _NOT_PARTICIPLES:
        return False
    return word.endswith("ed") or word in _tables()[0]


@lru_cache(maxsize=8192)
def singular_noun(word: str) -> str:
    """Singular of an English noun in lower case; `word` itself where it is no plural."""
    irregular = {"children": "child", "people": "person", "bodies": "body", "men": "man", "women": "woman"}
    if word in irregular:
        return irregular[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "ops")):
        return word[:-1]
    return word
