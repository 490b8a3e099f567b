"""Who of two documents is stricter, and why: one sentence from the signed parts of D."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from fragcheck.diverge.net_doubt import net_likelihood
from fragcheck.diverge.pair import pair_seed
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.diverge.shares import divergence_shares
from fragcheck.records import Match, Modality, PairResult, Share, Side, Strictness, Unit

__all__ = ["pair_strictness", "strictness"]

_TOLERANCE = 1e-9


def pair_strictness(
    pair: PairResult,
    settings: DivergenceSettings,
    *,
    principle: str = "overall",
    names: tuple[str, str] = ("the left document", "the right document"),
) -> Strictness:
    """Return who of a compared pair is stricter on a principle, under the settings of its run.

    Every place that names a stricter side asks this one.
    """
    units, matches = (pair.left_units, pair.right_units), (*pair.matches, *pair.near)
    shares = divergence_shares(*units, matches, settings, principle=principle)
    seed = pair_seed(pair.left, pair.right)
    found = strictness(shares, units, matches, settings, principle=principle, names=names, seed=seed)
    return _of_one_work(found, names) if pair.is_one_work else found


def _of_one_work(found: Strictness, names: tuple[str, str]) -> Strictness:
    """The counts alone: two texts of one instrument are no two laws, one of which could be the stricter."""
    counts = (found.net, found.n_shared, found.n_left_stricter, found.n_right_stricter)
    sentence = (
        f"Neither is called stricter: {names[0]} and {names[1]} are one instrument in two languages, and "
        "what differs comes of its translation or of its version."
    )
    return Strictness(found.principle, None, *counts, sentence, is_one_work=True)


def strictness(
    shares: Sequence[Share],
    units: tuple[Sequence[Unit], Sequence[Unit]],
    matches: Sequence[Match],
    settings: DivergenceSettings | None = None,
    *,
    principle: str = "overall",
    names: tuple[str, str] = ("the left document", "the right document"),
    seed: int = 0,
) -> Strictness:
    """Return who is stricter on a principle, with the strongest reason.

    Parameters
    ----------
    shares : sequence of Share
        From `divergence_shares` on that principle.
    units : (sequence of Unit, sequence of Unit)
        Of the left and the right document.
    matches : sequence of Match
        Of these, the ones from ``settings.match_threshold`` on are counted and quoted; the net is that of
        all.
    settings : DivergenceSettings, optional
    principle : str
    names : (str, str)
        What the sentence calls the two documents.
    seed : int
        Of the draws behind the likelihood; see `pair_seed`.

    Returns
    -------
    Strictness
        Swapping the documents turns `net` and `stricter`; opposite differences show in the counts.
        A side is called stricter only where a match that is counted shows it, where they share at least
        ``settings.few_provisions`` requirements, and where the net points its way in at least
        ``settings.level`` of the readings drawn.
    """
    settings = settings or DivergenceSettings.default()
    net = math.fsum(_signed(share) for share in shares) + 0.0
    every = {(match.left_key, match.right_key): match for match in matches}
    listed = {key: match for key, match in every.items() if match.probability >= settings.match_threshold}
    shared = [share for share in shares if share.right and (*share.left, *share.right) in listed]
    signs = [(_signed(share), share) for share in shared]
    n_left = sum(sign > _TOLERANCE for sign, _ in signs)
    n_right = sum(sign < -_TOLERANCE for sign, _ in signs)
    side = None if abs(net) <= _TOLERANCE else Side.LEFT if net > 0 else Side.RIGHT
    counts = (len(shared), n_left, n_right)
    direction = -1.0 if side is Side.RIGHT else 1.0
    pointing = [(direction * sign, share) for sign, share in signs if direction * sign > _TOLERANCE]
    if side is None or not pointing:  # the latter: of unlikely counterparts, which nobody is shown
        return Strictness(principle, None, net, *counts, _balance(counts, names))
    likelihood = net_likelihood(shares, {key: one.probability for key, one in every.items()}, settings, seed)
    is_few = len(shared) < settings.few_provisions
    if is_few or likelihood < settings.level:
        sentence = _unclear(counts, names, side, None if is_few else likelihood)
        return Strictness(principle, None, net, *counts, sentence, likelihood=likelihood, is_few=is_few)
    _, strongest = max(pointing, key=lambda entry: (entry[0], entry[1].right, entry[1].left))
    match = listed[strongest.left[0], strongest.right[0]]
    words, quantity = _words(match, units, side)
    reason = _reason(match, words, quantity, side)
    sentence = f"{_verdict(side, net, counts, names)}; most of all in {reason}."
    why = (match.left, match.right, *words, quantity)
    return Strictness(principle, side, net, *counts, sentence, *why, likelihood=likelihood)


def _signed(share: Share) -> float:
    return (share.components.stringency or 0.0) + (share.components.parameters or 0.0)


def _balance(counts: tuple[int, int, int], names: tuple[str, str]) -> str:
    shared, n_left, n_right = counts
    if not shared:
        return f"Neither can be called stricter: {names[0]} and {names[1]} share no requirement here."
    if not n_left and not n_right:
        return f"Neither is stricter: {_of(shared)} differs in force or in a quantity of known direction."
    if not n_left or not n_right:
        harder, plural = names[0] if n_left else names[1], "" if shared == 1 else "s"
        return (
            f"Neither is stricter on balance: {harder} binds harder in {n_left or n_right} of {shared} "
            f"shared requirement{plural}, and less likely counterparts outweigh that."
        )
    return (
        f"Neither is stricter on balance: {names[0]} binds harder in {n_left} and {names[1]} in {n_right} "
        f"of {shared} shared requirements."
    )


def _unclear(
    counts: tuple[int, int, int], names: tuple[str, str], side: Side, likelihood: float | None
) -> str:
    """Why the side that the net points to is not called stricter; no likelihood: too little is shared."""
    shared, n_left, n_right = counts
    plural = "" if shared == 1 else "s"
    said = (
        f"Neither is clearly stricter: {names[0]} binds harder in {n_left} and {names[1]} in {n_right} "
        f"of {shared} shared requirement{plural}"
    )
    if likelihood is None:
        return f"{said}, too few to tell."
    name = names[0] if side is Side.LEFT else names[1]
    return f"{said}, and only {100 * likelihood:.0f}% of the readings drawn point to {name}."


def _of(shared: int) -> str:
    return "the one shared requirement never" if shared == 1 else f"none of the {shared} shared requirements"


def _verdict(side: Side, net: float, counts: tuple[int, int, int], names: tuple[str, str]) -> str:
    shared, n_left, n_right = counts
    order = (0, 1) if side is Side.LEFT else (1, 0)
    more, fewer = (n_left, n_right) if side is Side.LEFT else (n_right, n_left)
    plural = "" if shared == 1 else "s"
    other = f", {names[order[1]]} in {fewer}" if fewer else ""
    name = names[order[0]]
    return (
        f"{name[:1].upper()}{name[1:]} is stricter, by a net of {abs(net):.2g}: it binds harder in {more} "
        f"of {shared} shared requirement{plural}{other}"
    )


def _words(
    match: Match, units: tuple[Sequence[Unit], Sequence[Unit]], side: Side
) -> tuple[tuple[str, str], str]:
    """What tells the clauses apart most, left and right: forces, or quantities of the kind that follows."""
    differences = match.differences
    direction = 1.0 if side is Side.LEFT else -1.0
    pairs = differences.parameter_pairs
    if not pairs or direction * differences.stringency_signed >= direction * differences.parameters_signed:
        left, right = (
            _modality({unit.key: unit for unit in units_of_side}, key)
            for units_of_side, key in zip(units, (match.left_key, match.right_key), strict=True)
        )
        return (left, right), ""
    pair = max(pairs, key=lambda one: (direction * one.signed, one.left, one.right))
    return (pair.left, pair.right), str(pair.kind)


def _reason(match: Match, words: tuple[str, str], quantity: str, side: Side) -> str:
    """The clauses, the stricter one first, with what tells them apart most."""
    first, second = (
        f"{eid} ({text or f'no {quantity}'})"
        for eid, text in zip((match.left, match.right), words, strict=True)
    )
    return f"{first} against {second}" if side is Side.LEFT else f"{second} against {first}"


def _modality(units: Mapping[str, Unit], key: str) -> str:
    requirement = units[key].requirement
    return (requirement.modality if requirement else Modality.OUTCOME).value
