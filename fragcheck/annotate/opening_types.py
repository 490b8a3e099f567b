"""Types that the opening sentence of a Romance provision settles, by ``data/opening_types.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from fragcheck.annotate.screening import Screened
from fragcheck.annotate.view import TextView
from fragcheck.records import ProvisionType

__all__ = ["LABEL", "opening_type"]

_FILE = Path(__file__).parent / "data" / "opening_types.toml"
_TYPES = (
    ("definition", ProvisionType.DEFINITION),
    ("power", ProvisionType.POWER),
    ("procedure", ProvisionType.PROCEDURE),
    ("statement", ProvisionType.STATEMENT),
)
#: "Art. 3º –", "ARTÍCULO SEXTO.", "1 —", "a)", and the title that stands in brackets behind it.
LABEL = re.compile(
    r"\W*(?:(?:art(?:igo|icle|ículo|icolo)?|cláusula|disposición|disposição)\b[.\s]*[\w.º°-]{1,16}[\s.:–—-]*)?"
    r"(?:\(?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,5})[.)º°][\s.–—-]*)?(?:\d{1,2}\s*[–—-]\s*)?(?:\([^()]{2,80}\)[\s.:]*)?\W*"
)
#: Titles that stand in the text before its first sentence.
_TRANSITIONAL = re.compile(
    r"\W*(?:art\w*\.?\s*[\w.º-]{1,8}\W{1,3})?(?:disposici(?:ón|ones)|disposizion[ei]|dispositions?|disposiç(?:ão|ões))"
    r"\s+(?:transit[oó]i?r|derogat[oó]r|revogat[oó]r|abrogat)"
)
_EXPLAINS = re.compile(
    r"\W*(?:exposé des motifs|exposici[oó]n de motivos|exposição de motivos|relazione illustrativa)"
)
_PRINCIPLE = re.compile(
    r"\W*(?:princip(?:e|io|i)|princípio|annexe|anexo|allegato)\s+(?:n\S{0,2}\s*)?(?:\d|[ivx]+\b)"
)


@lru_cache(maxsize=1)
def _expressions() -> dict[str, dict[str, Screened]]:
    with _FILE.open("rb") as handle:
        data = tomllib.load(handle)
    return {
        language: {name: Screened(source) for name, source in words.items()}
        for language, words in data.items()
    }


def opening_type(view: TextView, opening: str, *, names_no_one: bool) -> ProvisionType | None:
    """What the opening sentence makes of a provision in French, Spanish, Portuguese or Italian.

    Parameters
    ----------
    view : TextView
    opening : str
        The first sentence that is no heading, in lower case.
    names_no_one : bool
        Whether nobody is bound or entitled by name in the provision.

    Returns
    -------
    ProvisionType or None
        None in another language, and where the opening settles nothing.
    """
    words = _expressions().get(view.language)
    if words is None:
        return None
    by_title = _by_title(view, opening, names_no_one=names_no_one)
    if by_title is not None:
        return by_title
    label = LABEL.match(opening)
    sentence = opening[label.end() :] if label else opening
    for name, kind in _TYPES:
        if words[name].found_in(sentence):
            return kind
    if words["punished"].found_in(sentence):
        by_authority = any(party.label == "public_authority" for party in view.parties)
        return ProvisionType.POWER if by_authority else ProvisionType.PROCEDURE
    return None


def _by_title(view: TextView, opening: str, *, names_no_one: bool) -> ProvisionType | None:
    """What the title before the text says of it, and a question of a checklist."""
    if opening.rstrip().endswith("?"):
        return ProvisionType.RECOMMENDATION
    if _TRANSITIONAL.match(view.folded):
        return ProvisionType.PROCEDURE
    is_told = _EXPLAINS.match(view.folded) or (names_no_one and _PRINCIPLE.match(view.folded))
    return ProvisionType.STATEMENT if is_told else None
