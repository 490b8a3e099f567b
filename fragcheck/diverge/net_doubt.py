"""How likely the net of stringency and parameters points to the side that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fragcheck.diverge.draws import doubted
from fragcheck.diverge.settings import DivergenceSettings
from fragcheck.records import Share

__all__ = ["net_likelihood"]

#: Draws behind a likelihood: its own error is then below .02.
_DRAWS = 1000


def net_likelihood(
    shares: Sequence[Share],
    probabilities: Mapping[tuple[str, str], float],
    settings: DivergenceSettings,
    seed: int,
) -> float:
    """Share of other readings of a pair in which the net has the sign of its value.

    In each draw a match holds with its probability, all of them moved by one amount on the logit scale
    as for the interval of D, and a field is misread with the error rate of its component: what it adds to the
    net is then not there. A match adds, where it holds, its part of the net divided by its probability.

    Parameters
    ----------
    shares : sequence of Share
        From `divergence_shares`.
    probabilities : mapping of (str, str) to float
        Of each match, by the keys of its left and its right unit.
    settings : DivergenceSettings
        With ``draws`` 0 nothing is drawn and the likelihood is 1.
    seed : int
        The same for both orders of the documents, as `pair_seed` is: the likelihood is, too.

    Returns
    -------
    float
        In [0, 1]; 0 where the net is 0.
    """
    moving = [share for share in shares if share.right and _parts(share) != (0.0, 0.0)]
    moving.sort(key=lambda share: sorted((*share.left, *share.right)))
    parts = np.array([_parts(share) for share in moving], dtype=np.float64).reshape(-1, 2)
    net = float(parts.sum())
    if not net or not settings.draws:
        return float(net != 0)
    chance = np.array([probabilities[share.left[0], share.right[0]] for share in moving])
    rng = np.random.default_rng(seed)
    errors = np.array([settings.field_errors.stringency, settings.field_errors.parameters])
    shape = _DRAWS, len(moving)
    holds = rng.random(shape) < doubted(chance, settings, rng, draws=_DRAWS)
    is_read = rng.random((*shape, 2)) >= errors
    drawn = ((holds / chance)[:, :, None] * is_read * parts).sum(axis=(1, 2))
    return float(np.mean(np.sign(drawn) == np.sign(net)))


def _parts(share: Share) -> tuple[float, float]:
    """What an element adds to the net: force, and figures."""
    return share.components.stringency or 0.0, share.components.parameters or 0.0
